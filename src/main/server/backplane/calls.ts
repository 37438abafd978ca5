import { ERROR_STATUS, type ErrorCode } from '../../../shared/errors.ts'
import { ApiError } from '../errors.ts'
import type { Bus } from './bus.ts'

/** Answers a call; what it throws as an ApiError is thrown at the caller. */
type Answer<Input> = (input: Input) => Promise<unknown> | unknown

/** Asks other servers to do what only they can: the streams are theirs. */
export interface Calls {
  /** @param answer trusts its input: it comes from a server of this cluster. */
  on<Input>(name: string, answer: Answer<Input>): void
  /** @throws ApiError: what the other threw, or `unavailable` where it does not answer. */
  call<T>(node: string, name: string, input: unknown): Promise<T>
  /** @returns the answers of the `others` servers; those that don't answer in time are left out. */
  callAll<T>(name: string, input: unknown, others: number): Promise<T[]>
}

/** Milliseconds. */
const CALL_TIMEOUT = 3_000

interface Question {
  call: number
  from: string
  name: string
  input: unknown
}

interface Reply {
  call: number
  value?: unknown
  error?: ErrorCode
  msg?: string
}

export function createCalls(bus: Bus): Calls {
  const answers = new Map<string, Answer<unknown>>()
  const waiting = new Map<number, (reply: Reply) => void>()
  let next = 0

  async function answer({ call, from, name, input }: Question): Promise<void> {
    const reply: Reply = { call }
    try {
      reply.value = await answers.get(name)?.(input)
    } catch (error) {
      reply.error = error instanceof ApiError ? error.code : 'internal'
      reply.msg = (error as Error).message
    }
    bus.tellNode(from, 'reply', { ...reply })
  }

  bus.on('call', message => void answer(message as unknown as Question))
  bus.on('reply', message => {
    const reply = message as unknown as Reply
    waiting.get(reply.call)?.(reply)
  })

  return {
    on: (name, found) => void answers.set(name, found as Answer<unknown>),
    async call<T>(node: string, name: string, input: unknown) {
      const call = ++next
      const reply = await new Promise<Reply | null>(resolve => {
        waiting.set(call, resolve)
        setTimeout(resolve, bus.healthy ? CALL_TIMEOUT : 0, null)
        bus.tellNode(node, 'call', { call, from: bus.node, name, input })
      })
      waiting.delete(call)
      if (!reply) {
        throw new ApiError('unavailable', 'the server that has this stream does not answer: try again', {
          retryAfter: 1,
        })
      }
      if (reply.error) {
        throw new ApiError(reply.error in ERROR_STATUS ? reply.error : 'internal', reply.msg ?? '')
      }
      return reply.value as T
    },
    async callAll<T>(name: string, input: unknown, others: number) {
      const values: T[] = []
      if (others === 0 || !bus.healthy) return values
      const call = ++next
      await new Promise<void>(resolve => {
        setTimeout(resolve, CALL_TIMEOUT)
        waiting.set(call, ({ value, error }) => {
          if (!error) values.push(value as T)
          if (--others === 0) resolve()
        })
        bus.tell('call', { call, from: bus.node, name, input })
      })
      waiting.delete(call)
      return values
    },
  }
}
