import { ASSET_TYPES } from '../../../shared/asset.ts'
import type { RawBody } from '../http/route.ts'

/** A picture as a request's body. Which kinds this server takes is a setting (`UPLOAD_TYPES`). */
export const pictureBody: RawBody = {
  description: 'The picture. Its kind is told by its first bytes, whatever the content type says.',
  types: Object.fromEntries(Object.keys(ASSET_TYPES).map(type => [type, 'file' as const])),
}
