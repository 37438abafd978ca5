import { ASSET_NAMES, type AssetType } from '../../../shared/asset.ts'
import { ApiError } from '../errors.ts'

/** @param type what its first bytes show; null = no picture. @throws ApiError `unsupported-type`. */
export function checkKind(type: AssetType | null, taken: readonly AssetType[]): asserts type is AssetType {
  if (type !== null && taken.includes(type)) return
  const kinds = taken.map(one => ASSET_NAMES[one]).join(', ')
  throw new ApiError(
    'unsupported-type',
    type === null
      ? `this is no picture: use ${kinds}`
      : `pictures of the kind ${type} are not taken here: use ${kinds}, which UPLOAD_TYPES allows`,
  )
}

/** @param variable the setting that says so. */
export function tooLarge(limit: number, variable: string): ApiError {
  return new ApiError('too-large', `it is larger than ${limit} bytes, the most that ${variable} allows`)
}
