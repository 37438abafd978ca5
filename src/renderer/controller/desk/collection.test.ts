import { expect, test } from 'vitest'
import { createCollection } from './collection.ts'

test('asked for many times while it reads, it reads once more, and ends with the newest', async () => {
  const answers: ((items: { id: string }[]) => void)[] = []
  const refused = async () => ({ ok: false as const, failure: { reason: 'offline' as const, status: 0 } })
  const { store, load } = createCollection({
    list: () => new Promise(resolve => answers.push(items => resolve({ ok: true, value: items }))),
    create: refused,
    change: refused,
    remove: refused,
    order: refused,
  })
  const done = load()
  for (let i = 0; i < 100; i++) void load()
  expect(answers).toHaveLength(1)
  answers[0]!([{ id: 'old' }])
  await Promise.resolve()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]!([{ id: 'new' }])
  await done
  expect(store.getState().items).toEqual([{ id: 'new' }])
  expect(answers).toHaveLength(2)
})
