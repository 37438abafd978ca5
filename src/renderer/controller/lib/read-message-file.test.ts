import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMessageFile } from './read-message-file.ts'

const MESSAGE = { username: '【？？？】', messages: [{ message: [{ text: '你好', style: { bold: true } }] }] }

describe('what is read', () => {
  test.each<[string, string]>([
    ['JSON', JSON.stringify(MESSAGE)],
    ['what the output tab copies', `echolive.send(${JSON.stringify(MESSAGE)});`],
    [
      'a start.js with unquoted keys, single quotes, trailing commas and comments',
      `/* 这里是消息 */
       echolive.send({
         username: '【？？？】', // 说话人
         messages: [
           { message: [{ text: "你好", style: { bold: true, }, }, ], },
         ],
       });
       // 完`,
    ],
    [
      'the literal by itself',
      `// 消息\n{ username: '【？？？】', messages: [{ message: [{ text: '你好', style: { bold: !0 } }] }] };`,
    ],
    [
      'a constant, as start.js once was',
      `const data = {username: "【？？？】", "messages": [{message: [{text: \`你好\`, style: {'bold': true}}]}]}`,
    ],
    [
      'a constant that is sent, put together from pieces',
      `'use strict'
       let name = '？？' + '？', style = { bold: true }
       var texts = [{ text: '你' + '好', style }]
       const message = { message: [...texts] }
       echolive.send({ username: \`【\${name}】\`, messages: [message], data: undefined })`,
    ],
  ])('%s', async (_, source) => {
    expect(await readMessageFile(source)).toEqual({ ok: true, values: [MESSAGE] })
  })

  test('each send is a message', async () => {
    const source = `echolive.send({ message: 'a' })\necholive.send({ message: 'b', delay: -1.5 })`
    expect(await readMessageFile(source)).toEqual({
      ok: true,
      values: [{ message: 'a' }, { message: 'b', delay: -1.5 }],
    })
  })

  test('all that JSON can say is read the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async value => {
        const script = `echolive.send(${JSON.stringify(value)}) // …`
        const plain = JSON.parse(JSON.stringify(value))
        expect(await readMessageFile(script)).toEqual({ ok: true, values: [plain] })
      }),
    )
  })

  test('a key called __proto__ is a key like any other', async () => {
    const read = await readMessageFile(`({ ['x']: 1 })`)
    expect(read).toMatchObject({ ok: false, reason: 'code' })
    const odd = await readMessageFile(`{ __proto__: { polluted: 1 } }`)
    expect(odd.ok && Object.keys(odd.values[0] as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('what is not read is named with its place', () => {
  test.each<[string, object]>([
    [
      `echolive.send({\n  username: 'a'\n  messages: []\n})`,
      { reason: 'syntax', line: 3, column: 3, near: 'messages' },
    ],
    [`{"username": "a",\n "messages" [] }`, { reason: 'syntax', line: 2, column: 13, near: '[' }],
    [`{ message: 'a' } }`, { reason: 'syntax', line: 1, column: 18, near: '}' }],
    [`echolive.send({ message: 'a`, { reason: 'syntax', line: 1, column: 26 }],
    [`{ message: ['a'\n`, { reason: 'end', line: 2, column: 1 }],
    [`{ message: '𠮷' + fetch('/x') }`, { reason: 'code', line: 1, column: 18, near: 'fetch' }],
    [`echolive.send({\r\n  message: (() => alert(1))() })`, { reason: 'code', line: 2 }],
    [`while (true) {}`, { reason: 'code', line: 1, column: 1, near: 'while' }],
    [`{ message: location.href }`, { reason: 'code', near: 'location.href' }],
    [`{ get message() { return 1 } }`, { reason: 'code', near: 'get' }],
    [`{ message: /a/ }`, { reason: 'code' }],
    [`{ message: 'a' }; alert(1)`, { reason: 'code', line: 1, column: 19, near: 'alert' }],
    [`const data = { message: data }`, { reason: 'code', near: 'data' }],
    [`a = 'x'`, { reason: 'empty' }],
    ['', { reason: 'empty' }],
  ])('%j', async (source, problem) => {
    expect(await readMessageFile(source)).toMatchObject({ ok: false, ...problem })
  })

  test('a few lines that would grow without end, and depth without end, are refused', async () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `const a${i + 1} = a${i} + a${i}`).join('\n')
    expect(await readMessageFile(`const a0 = 'ha'\n${doubling}`)).toEqual({ ok: false, reason: 'too-large' })
    const listed = Array.from({ length: 40 }, (_, i) => `const a${i + 1} = [a${i}, a${i}]`).join('\n')
    expect(await readMessageFile(`const a0 = 'ha'\n${listed}`)).toEqual({ ok: false, reason: 'too-large' })
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    expect(await readMessageFile(`echolive.send(${deep})`)).toMatchObject({ ok: false })
  })

  test('whatever it is given, it answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async source => {
        const read = await readMessageFile(source)
        if (!read.ok && 'line' in read) expect(read.line).toBeGreaterThan(0)
      }),
    )
  })
})
