import { z } from 'zod'
import { LAYOUTS } from '../../../shared/layouts.ts'
import {
  BUILT_IN_THEMES,
  type PlayerTheme,
  THEME_ASSETS_BYTES,
  THEME_CSS_BYTES,
  THEME_FILE_VERSION,
  themeFile,
  themeInput,
} from '../../../shared/theme.ts'
import { ownerKey } from '../auth/index.ts'
import { answer } from '../http/answer.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { sendUploaded } from '../http/uploaded-file.ts'
import { versionedFile } from '../http/versioned-file.ts'
import type { Themes } from './themes.ts'

const theme = themeInput.extend({ builtIn: z.boolean(), version: z.int() })
const summary = theme.pick({ manifest: true, builtIn: true, version: true })
const playerTheme = z.object({
  id: z.string(),
  base: z.enum(BUILT_IN_THEMES).nullable(),
  layout: z.enum(LAYOUTS),
  variants: z.array(z.string()),
  css: z.string(),
  version: z.int(),
})
const stored = {
  description: 'The theme, and what of it is not given to players.',
  schema: answer({ theme, problems: z.array(z.string()) }),
}

const themeParams = z.object({ id: z.string().max(64) })
const assetParams = z.object({ id: z.string().max(64), name: z.string().max(64) })
/** Bytes of a theme as JSON: the sheet may be escaped to twice its size; the manifest is small. */
const BODY_LIMIT = THEME_ASSETS_BYTES + THEME_CSS_BYTES * 2 + 512 * 1024

export function themeRoutes(themes: Themes): Route[] {
  const path = '/api/v1/themes'
  return [
    defineRoute({
      method: 'get',
      path,
      summary: 'List the themes with their tokens and variants',
      tag: 'themes',
      access: { kind: 'scope', scope: 'read' },
      success: {
        status: 200,
        description: 'The themes: those of the app first.',
        schema: answer({ themes: z.array(summary) }),
      },
      async handle({ principal }) {
        const list = await themes.list(ownerKey(principal!))
        return { body: { success: true, code: 200, msg: 'ok', themes: list } }
      },
    }),
    defineRoute({
      method: 'post',
      path,
      summary: 'Make a theme',
      tag: 'themes',
      access: { kind: 'scope', scope: 'manage' },
      body: themeInput,
      bodyLimit: BODY_LIMIT,
      success: { ...stored, status: 201 },
      errors: ['bad-json', 'invalid-input', 'conflict', 'too-large'],
      async handle({ principal, body }) {
        const result = await themes.create(ownerKey(principal!), body)
        return { body: { success: true, code: 201, msg: 'created', ...result } }
      },
    }),
    defineRoute({
      method: 'post',
      path: `${path}/import`,
      summary: 'Take a theme from a file',
      tag: 'themes',
      access: { kind: 'scope', scope: 'manage' },
      body: versionedFile('streaming-message/theme', THEME_FILE_VERSION, themeFile),
      bodyLimit: BODY_LIMIT,
      success: { ...stored, status: 201 },
      errors: ['bad-json', 'invalid-input', 'wrong-file', 'newer-version', 'conflict', 'too-large'],
      async handle({ principal, body }) {
        const result = await themes.import(ownerKey(principal!), body)
        return { body: { success: true, code: 201, msg: 'imported', ...result } }
      },
    }),
    defineRoute({
      method: 'get',
      path: `${path}/:id`,
      summary: 'Read a theme whole',
      tag: 'themes',
      access: { kind: 'scope', scope: 'read' },
      params: themeParams,
      success: { status: 200, description: 'The theme.', schema: answer({ theme }) },
      errors: ['not-found'],
      async handle({ params }) {
        return { body: { success: true, code: 200, msg: 'ok', theme: await themes.read(params.id) } }
      },
    }),
    defineRoute({
      method: 'put',
      path: `${path}/:id`,
      summary: 'Change a theme; players that wear it follow at once',
      tag: 'themes',
      access: { kind: 'scope', scope: 'manage' },
      params: themeParams,
      body: themeInput,
      bodyLimit: BODY_LIMIT,
      success: { ...stored, status: 200 },
      errors: ['bad-json', 'invalid-input', 'not-found', 'too-large'],
      async handle({ principal, params, body }) {
        const result = await themes.replace(ownerKey(principal!), params.id, body)
        return { body: { success: true, code: 200, msg: 'changed', ...result } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: `${path}/:id`,
      summary: 'Delete a theme',
      tag: 'themes',
      access: { kind: 'scope', scope: 'manage' },
      params: themeParams,
      success: { status: 204, description: 'Deleted.' },
      errors: ['not-found'],
      async handle({ principal, params }) {
        await themes.remove(ownerKey(principal!), params.id)
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'get',
      path: `${path}/:id/export`,
      summary: 'A theme as one file; one of the app comes out as a theme based on it',
      tag: 'themes',
      access: { kind: 'scope', scope: 'read' },
      params: themeParams,
      success: { status: 200, description: 'The file.', schema: themeFile },
      errors: ['not-found'],
      async handle({ params, res }) {
        const file = await themes.export(params.id)
        res.setHeader('Content-Disposition', `attachment; filename="${file.manifest.id}.theme.json"`)
        return { body: file }
      },
    }),
    defineRoute({
      method: 'get',
      path: `${path}/:id/player`,
      summary: 'What a player needs to wear a theme',
      tag: 'themes',
      access: { kind: 'public' },
      params: themeParams,
      success: {
        status: 200,
        description: 'Its base, layout, variants and style sheet.',
        schema: playerTheme,
      },
      errors: ['not-found'],
      async handle({ params, res }) {
        res.setHeader('Cache-Control', 'no-cache')
        const body: PlayerTheme = await themes.forPlayer(params.id)
        return { body }
      },
    }),
    defineRoute({
      method: 'get',
      path: `${path}/:id/assets/:name`,
      summary: 'A picture or font of a theme',
      tag: 'themes',
      access: { kind: 'public' },
      params: assetParams,
      success: { status: 200, description: 'The file.', contentType: 'application/octet-stream' },
      errors: ['not-found'],
      async handle({ params, res }) {
        sendUploaded(res, await themes.asset(params.id, params.name))
        return undefined
      },
    }),
  ]
}
