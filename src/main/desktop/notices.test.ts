import { describe, expect, it } from 'vitest'
import { createNotices } from './notices.ts'
import { en } from './words/en.ts'
import { ja } from './words/ja.ts'
import { zh } from './words/zh.ts'
import type { Words } from './words.ts'

const silent = () => undefined

describe('a notice', () => {
  it('names windows, actions and reasons in the language of the app, and follows it', () => {
    let words: Words = en
    const notices = createNotices(() => words, silent)
    notices.say('warning', 'window-restarted', { window: 'controller' })
    notices.say('warning', 'shortcut-taken', { accelerator: 'Alt+F2', action: 'line.next' })
    notices.say('warning', 'shortcut-taken', { accelerator: 'Alt+F3', action: 'phrase.2' })
    notices.say('error', 'line-failed', { reason: 'room-missing', room: 'den' })
    const texts = () => notices.list().map(one => one.msg)
    expect(texts()).toEqual([
      'The controller window stopped working and was reopened. Nothing that was sent is lost.',
      'The hotkey Alt+F2 for “Next line” is in use by another program. Choose another one.',
      'The hotkey Alt+F3 for “phrase 2” is in use by another program. Choose another one.',
      'The line could not be sent: the room “den” does not exist any more. Choose another room in the controller.',
    ])
    words = ja
    notices.reword()
    expect(texts()[0]).toContain('コントローラーウィンドウ')
    expect(texts()[1]).toContain('「次へ」')
    expect(texts()[3]).toContain('ルーム「den」はもうありません')
    words = zh
    notices.reword()
    expect(texts()[2]).toContain('“常用语 2”')
  })

  it('shows a reason of the system as it is, and a room may be called like a window', () => {
    const notices = createNotices(() => zh, silent)
    notices.say('warning', 'settings-unwritable', { reason: 'EACCES: permission denied' })
    notices.say('warning', 'link-unknown-room', { room: 'quick' })
    const [first, second] = notices.list().map(one => one.msg)
    expect(first).toContain('EACCES: permission denied')
    expect(second).toContain('“quick”')
  })

  it('is said once, and is gone when it is no longer so', () => {
    const notices = createNotices(() => en, silent)
    for (let count = 0; count < 3; count += 1) notices.say('info', 'capture-hidden')
    expect(notices.list()).toHaveLength(1)
    notices.unsay('capture-hidden')
    expect(notices.list()).toEqual([])
  })
})

describe('the three languages', () => {
  const placesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(one => one[1]).sort()
  const textsOf = (value: object, path = ''): [string, string][] =>
    Object.entries(value).flatMap(([key, one]) =>
      typeof one === 'string' ? [[`${path}${key}`, one] as [string, string]] : textsOf(one, `${path}${key}.`),
    )
  const english = Object.fromEntries(textsOf(en))

  it.each([
    ['zh', zh],
    ['ja', ja],
  ])('%s says everything, with the same parts filled in', (_name, words) => {
    const texts = Object.fromEntries(textsOf(words))
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort())
    for (const [key, text] of Object.entries(texts)) {
      expect(text, key).not.toBe('')
      expect(placesIn(text), key).toEqual(placesIn(english[key] ?? ''))
    }
  })
})
