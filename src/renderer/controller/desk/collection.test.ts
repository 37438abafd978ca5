import { expect, test } from 'vitest'
import type { Result } from '../api/request.ts'
import { createCollection } from './collection.ts'

interface Item {
  id: string
}

const refused = async (): Promise<Result<Item>> => ({
  ok: false,
  failure: { reason: 'offline', status: 0, message: '' },
})

test('asked for many times while it reads, it reads once more, and ends with the newest', async () => {
  const answers: ((items: Item[]) => void)[] = []
  const { store, load } = createCollection<Item, unknown, unknown>({
    list: () => new Promise(resolve => answers.push(value => resolve({ ok: true, value }))),
    create: refused,
    change: refused,
    remove: refused,
    order: refused,
  })
  const done = load()
  for (let i = 0; i < 100; i++) void load()
  expect(answers).toHaveLength(1)
  answers[0]!([{ id: 'old' }])
  await expect.poll(() => answers.length).toBe(2)
  answers[1]!([{ id: 'new' }])
  await done
  expect(store.getState().items).toEqual([{ id: 'new' }])
  expect(answers).toHaveLength(2)
})

test('an item whose list came before the answer to its making is there once', async () => {
  const { store, load, create } = createCollection<Item, unknown, unknown>({
    list: async () => ({ ok: true, value: [{ id: 'old' }, { id: 'new' }] }),
    async create() {
      await load()
      return { ok: true, value: { id: 'new' } }
    },
    change: refused,
    remove: refused,
    order: refused,
  })
  await create({})
  expect(store.getState().items).toEqual([{ id: 'old' }, { id: 'new' }])
})
