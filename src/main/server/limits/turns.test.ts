import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('of one key each task begins when the last has ended, whatever became of it; other keys do not wait', async () => {
  const inTurn = createTurns()
  const events: string[] = []
  const ends = new Map<string, { resolve(): void; reject(error: Error): void }>()
  const task = (name: string) => () =>
    new Promise<void>((resolve, reject) => {
      events.push(name)
      ends.set(name, { resolve, reject })
    })
  const first = inTurn('a', task('a1'))
  const second = inTurn('a', task('a2'))
  const other = inTurn('b', task('b1'))
  await expect.poll(() => events).toEqual(['a1', 'b1'])
  ends.get('a1')!.reject(new Error('refused'))
  await expect(first).rejects.toThrow('refused')
  await expect.poll(() => events).toEqual(['a1', 'b1', 'a2'])
  ends.get('a2')!.resolve()
  ends.get('b1')!.resolve()
  await Promise.all([second, other])
})

test('a limit that is counted before it is taken up holds against all that come at once', async () => {
  const inTurn = createTurns()
  let taken = 0
  const take = async () => {
    const before = await Promise.resolve(taken)
    if (before >= 3) throw new Error('full')
    taken = await Promise.resolve(before + 1)
  }
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => inTurn('a', take)))
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(3)
})
