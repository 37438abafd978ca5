import { z } from 'zod'
import { orderInput } from '../../../shared/speaker.ts'
import { ownerKey } from '../auth/index.ts'
import { answer } from '../http/answer.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Presets } from './presets.ts'

const idParams = z.object({ id: z.string().max(64) })

export interface PresetRouteOptions<Input extends object> {
  presets: Presets<Input>
  /** The word in paths and in the description, in the plural, and the field's name of one. */
  plural: 'speakers' | 'phrases'
  singular: 'speaker' | 'phrase'
  input: z.ZodType<Input>
  patch: z.ZodType<Partial<Input>>
}

/** List, make, change, delete and order: the same for each kind of preset. */
export function presetRoutes<Input extends object>(options: PresetRouteOptions<Input>): Route[] {
  const { presets, plural, singular, input, patch } = options
  const path = `/api/v1/${plural}`
  const stored = z.intersection(z.object({ id: z.string() }), input)
  return [
    defineRoute({
      method: 'get',
      path,
      summary: `List your ${plural}, in order`,
      tag: plural,
      access: { kind: 'scope', scope: 'read' },
      success: { status: 200, description: `The ${plural}.`, schema: answer({ [plural]: z.array(stored) }) },
      async handle({ principal }) {
        const items = await presets.list(ownerKey(principal!))
        return { body: { success: true, code: 200, msg: 'ok', [plural]: items } }
      },
    }),
    defineRoute({
      method: 'post',
      path,
      summary: `Keep a new ${singular}`,
      tag: plural,
      access: { kind: 'scope', scope: 'manage' },
      body: input,
      success: {
        status: 201,
        description: `The ${singular}, with its id.`,
        schema: answer({ [singular]: stored }),
      },
      errors: ['bad-json', 'invalid-input', 'too-large'],
      async handle({ principal, body }) {
        const [item] = await presets.create(ownerKey(principal!), [body])
        return { body: { success: true, code: 201, msg: 'created', [singular]: item } }
      },
    }),
    defineRoute({
      method: 'put',
      path: `${path}/order`,
      summary: `Put the ${plural} in another order`,
      tag: plural,
      access: { kind: 'scope', scope: 'manage' },
      body: orderInput,
      success: { status: 204, description: 'Done.' },
      errors: ['bad-json', 'invalid-input', 'conflict'],
      async handle({ principal, body }) {
        await presets.order(ownerKey(principal!), body.ids)
        return { body: undefined }
      },
    }),
    defineRoute({
      method: 'patch',
      path: `${path}/:id`,
      summary: `Change a ${singular}`,
      tag: plural,
      access: { kind: 'scope', scope: 'manage' },
      params: idParams,
      body: patch,
      success: {
        status: 200,
        description: `The ${singular} as it is now.`,
        schema: answer({ [singular]: stored }),
      },
      errors: ['bad-json', 'invalid-input', 'not-found'],
      async handle({ principal, params, body }) {
        const item = await presets.change(ownerKey(principal!), params.id, body)
        return { body: { success: true, code: 200, msg: 'changed', [singular]: item } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: `${path}/:id`,
      summary: `Delete a ${singular}`,
      tag: plural,
      access: { kind: 'scope', scope: 'manage' },
      params: idParams,
      success: { status: 204, description: 'Deleted.' },
      errors: ['not-found'],
      async handle({ principal, params }) {
        await presets.remove(ownerKey(principal!), params.id)
        return { body: undefined }
      },
    }),
  ]
}
