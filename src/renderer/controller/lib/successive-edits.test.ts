import { expect, test } from 'vitest'
import { createSuccessiveEdits } from './successive-edits.ts'

function setUp() {
  const sent: string[][] = []
  const answers: { resolve: (taken: boolean) => void; reject: (error: Error) => void }[] = []
  const edits = createSuccessiveEdits<string[]>([], value => {
    sent.push(value)
    return new Promise((resolve, reject) => answers.push({ resolve, reject }))
  })
  const add = (name: string) => edits.edit(value => [...value, name])
  return { ...edits, add, sent, answers }
}

test('an edit builds upon the one before, whatever is told meanwhile', async () => {
  const { add, told, sent, answers } = setUp()
  const first = add('a')
  told([])
  const second = add('b')
  expect(sent).toEqual([['a'], ['a', 'b']])
  for (const { resolve } of answers) resolve(true)
  await Promise.all([first, second])
})

test('one that is refused is not built upon, and what is told then is', async () => {
  const { add, told, sent, answers } = setUp()
  const first = add('refused')
  answers[0]!.resolve(false)
  await first
  void add('a')
  expect(sent.at(-1)).toEqual(['a'])
  answers[1]!.resolve(true)
  await Promise.resolve()
  told(['from elsewhere'])
  void add('b')
  expect(sent.at(-1)).toEqual(['from elsewhere', 'b'])
})

test('an edit right after one that was taken builds upon it, though it is told only later', async () => {
  const { add, sent, answers } = setUp()
  const first = add('a')
  answers[0]!.resolve(true)
  await first
  void add('b')
  expect(sent.at(-1)).toEqual(['a', 'b'])
})

test('what is told while an edit is under way is built upon after it', async () => {
  const { add, told, sent, answers } = setUp()
  const first = add('a')
  told(['a', 'c'])
  answers[0]!.resolve(true)
  await first
  void add('b')
  expect(sent.at(-1)).toEqual(['a', 'c', 'b'])
})

test('one that rejects does not make it deaf to what is told', async () => {
  const { add, told, sent, answers } = setUp()
  const first = add('lost')
  answers[0]!.reject(new Error('no answer'))
  await expect(first).rejects.toThrow('no answer')
  told(['as it is'])
  void add('b')
  expect(sent.at(-1)).toEqual(['as it is', 'b'])
})
