import { z } from 'zod'
import { ownerKey } from '../auth/index.ts'
import { answer, assetAnswer } from '../http/answer.ts'
import { readBody } from '../http/json-body.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { sendUploaded } from '../http/uploaded-file.ts'
import { type ServerLimits, tooLarge } from '../limits/index.ts'
import type { Assets } from './assets.ts'
import type { Emotes } from './emotes.ts'
import { pictureBody } from './picture-body.ts'

const assetParams = z.object({ id: z.string().max(64) })
const uploadQuery = z.object({ name: z.string().max(200).default('') })

const renaming = z.strictObject({ name: z.string().trim().max(200) })

interface AssetRouteParts {
  assets: Assets
  emotes: Pick<Emotes, 'removeShowing'>
  limits: Pick<ServerLimits['uploads'], 'bytes'>
}

export function assetRoutes({ assets, emotes, limits }: AssetRouteParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/assets',
      summary: 'List your pictures, newest first',
      tag: 'assets',
      access: { kind: 'scope', scope: 'read' },
      success: {
        status: 200,
        description: 'The pictures.',
        schema: answer({ assets: z.array(assetAnswer) }),
      },
      async handle({ principal }) {
        return {
          body: { success: true, code: 200, msg: 'ok', assets: await assets.list(ownerKey(principal!)) },
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/assets',
      summary: 'Upload a picture; the body is the file itself',
      tag: 'assets',
      access: { kind: 'scope', scope: 'manage' },
      query: uploadQuery,
      rawBody: pictureBody,
      success: {
        status: 201,
        description: 'The picture with its id.',
        schema: answer({ asset: assetAnswer }),
      },
      errors: ['unsupported-type', 'too-large'],
      async handle({ req, query, principal }) {
        const content = await readBody(req, limits.bytes, () => tooLarge(limits.bytes, 'MAX_UPLOAD_BYTES'))
        const asset = await assets.add(ownerKey(principal!), query.name, content)
        return { body: { success: true, code: 201, msg: 'stored', asset } }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/assets/:id',
      summary: 'The picture itself',
      tag: 'assets',
      access: { kind: 'public' },
      params: assetParams,
      success: { status: 200, description: 'The file.', contentType: 'image/*' },
      errors: ['not-found'],
      async handle({ params, res }) {
        sendUploaded(res, await assets.read(params.id))
        return undefined
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/api/v1/assets/:id',
      summary: 'Rename a picture',
      tag: 'assets',
      access: { kind: 'scope', scope: 'manage' },
      params: assetParams,
      body: renaming,
      success: { status: 200, description: 'The picture.', schema: answer({ asset: assetAnswer }) },
      errors: ['invalid-input', 'not-found'],
      async handle({ params, body, principal }) {
        const asset = await assets.rename(ownerKey(principal!), params.id, body.name)
        return { body: { success: true, code: 200, msg: 'renamed', asset } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/assets/:id',
      summary: 'Delete a picture, and the emotes that show it',
      tag: 'assets',
      access: { kind: 'scope', scope: 'manage' },
      params: assetParams,
      success: { status: 204, description: 'Deleted.' },
      errors: ['not-found'],
      async handle({ params, principal }) {
        const owner = ownerKey(principal!)
        await emotes.removeShowing(owner, params.id)
        await assets.remove(owner, params.id)
        return { body: undefined }
      },
    }),
  ]
}
