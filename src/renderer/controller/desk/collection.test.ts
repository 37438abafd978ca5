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

test('orders given in quick succession arrive one after the other, and the last one stands', async () => {
  const asked: string[][] = []
  const answers: (() => void)[] = []
  const { store, load, move } = createCollection<Item, unknown, unknown>({
    list: async () => ({ ok: true, value: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }),
    create: refused,
    change: refused,
    remove: refused,
    order(ids) {
      asked.push(ids)
      return new Promise(resolve => answers.push(() => resolve({ ok: true, value: {} })))
    },
  })
  await load()
  void move('a', 1)
  void move('a', 2)
  void move('b', 1)
  expect(asked).toEqual([['b', 'a', 'c']])
  answers[0]!()
  await expect.poll(() => asked.length).toBe(2)
  answers[1]!()
  expect(asked[1]).toEqual(['c', 'b', 'a'])
  expect(store.getState().items.map(({ id }) => id)).toEqual(['c', 'b', 'a'])
})

test('an order that is refused is taken back, and what has come meanwhile stays', async () => {
  let refuse = () => {}
  const { store, load, move, create } = createCollection<Item, unknown, unknown>({
    list: async () => ({ ok: true, value: [{ id: 'a' }, { id: 'b' }] }),
    create: async () => ({ ok: true, value: { id: 'new' } }),
    change: refused,
    remove: refused,
    order: () =>
      new Promise(resolve => {
        refuse = () => resolve({ ok: false, failure: { reason: 'offline', status: 0, message: '' } })
      }),
  })
  await load()
  const moved = move('b', 0)
  await create({})
  refuse()
  await moved
  expect(store.getState().items.map(({ id }) => id)).toEqual(['a', 'b', 'new'])
  expect(store.getState().problem?.reason).toBe('offline')
})

test('a list that is read while an order is on its way does not undo what was moved meanwhile', async () => {
  const asked: string[][] = []
  const answers: (() => void)[] = []
  const { store, load, move } = createCollection<Item, unknown, unknown>({
    list: async () => ({ ok: true, value: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'new' }] }),
    create: refused,
    change: refused,
    remove: refused,
    order(ids) {
      asked.push(ids)
      return new Promise(resolve => answers.push(() => resolve({ ok: true, value: {} })))
    },
  })
  await load()
  const moved = move('a', 2)
  void move('c', 0)
  await load()
  answers[0]!()
  await expect.poll(() => asked.length).toBe(2)
  answers[1]!()
  await moved
  expect(asked[1]).toEqual(['c', 'b', 'a', 'new'])
  expect(store.getState().items.map(({ id }) => id)).toEqual(['c', 'b', 'a', 'new'])
})
