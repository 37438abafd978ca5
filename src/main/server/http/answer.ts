import { z } from 'zod'
import { ROLES, SCOPES } from '../../../shared/account.ts'
import { ASSET_TYPES } from '../../../shared/asset.ts'
import { messageData } from '../../../shared/message.ts'
import { roomSettings } from '../../../shared/room.ts'

/**
 * What the API answers, for its description. Types of `shared` say the same to TypeScript; a test holds both against
 * what a real server answers (`test/integration/openapi.test.ts`).
 */

/** The envelope of a success, with what it carries. */
export function answer<Carries extends z.ZodRawShape>(carries: Carries) {
  return z.object({ success: z.literal(true), code: z.int(), msg: z.string(), ...carries })
}

const time = z.int()

export const messageAnswer = z.object({
  id: z.string(),
  room: z.string(),
  speaker: z.string(),
  data: messageData,
  time,
  meta: z.unknown().optional(),
  status: z.enum(['complete', 'streaming']),
  label: z.string().optional(),
})

export const roomAnswer = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string().nullable(),
  isDefault: z.boolean(),
  access: z.enum(['open', 'key']),
  watchKey: z.string().nullable().optional(),
  settings: roomSettings,
  version: z.int(),
  createdAt: time,
  may: z.array(z.enum(SCOPES)),
})

export const userAnswer = z.object({
  id: z.string(),
  username: z.string(),
  role: z.enum(ROLES),
  hasPassword: z.boolean(),
  createdAt: time,
  lastLoginAt: time.nullable(),
})

export const assetAnswer = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(Object.keys(ASSET_TYPES) as (keyof typeof ASSET_TYPES)[]),
  size: z.int(),
  createdAt: time,
})
