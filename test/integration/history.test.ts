import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  for (const message of [
    '100% sure',
    '100 euros',
    'snake_case',
    'snakeXcase',
    'He said "no"',
    'C:\\path',
    '你好，世界',
    'Été à Москва',
  ]) {
    await server.api('POST', '/rooms/lobby/messages', { speaker: 'Otto', data: { message, checked: true } })
  }
})
afterAll(() => server.dispose())

async function search(text: string): Promise<string[]> {
  const response = await server.api('GET', `/rooms/lobby/messages?search=${encodeURIComponent(text)}`)
  const { messages } = (await response.json()) as { messages: { data: { message: string } }[] }
  return messages.map(({ data }) => data.message)
}

test.each([
  ['100%', ['100% sure']],
  ['snake_', ['snake_case']],
  ['"no"', ['He said "no"']],
  ['C:\\', ['C:\\path']],
  ['世界', ['你好，世界']],
  ['SNAKE', ['snakeXcase', 'snake_case']],
  ['Été', ['Été à Москва']],
  ['à Москва', ['Été à Москва']],
  // Neither a field's name nor what is no text.
  ['message', []],
  ['true', []],
  ['nothing like it', []],
])('a search for %s finds what holds it, signs taken as they are', async (text, expected) => {
  expect(await search(text)).toEqual(expected)
})

test('a search finds speakers too', async () => {
  expect(await search('otto')).toHaveLength(8)
})

test('pages follow each other without a gap or a repeat', async () => {
  const seen: string[] = []
  for (let before = ''; ; ) {
    const response = await server.api('GET', `/rooms/lobby/messages?limit=3${before && `&before=${before}`}`)
    const page = (await response.json()) as { messages: { id: string }[]; next: string | null }
    seen.push(...page.messages.map(({ id }) => id))
    if (page.next === null) break
    before = page.next
  }
  expect(seen.map(id => Number(id.split('-')[1]))).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
})
