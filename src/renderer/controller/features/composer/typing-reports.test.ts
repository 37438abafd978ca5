import { expect, test } from 'vitest'
import { createTypingReports } from './typing-reports.ts'

function setUp() {
  const sent: string[] = []
  const answers: ((ok: boolean) => void)[] = []
  let timers: (() => void)[] = []
  let text = ''
  let speaker = 'A'
  const reports = createTypingReports({
    read: () => ({ speaker, text }),
    send(typed) {
      sent.push(typed.text === '' || typed.speaker === 'A' ? typed.text : `${typed.speaker}: ${typed.text}`)
      return new Promise(resolve => answers.push(ok => resolve({ ok })))
    },
    later(run) {
      timers.push(run)
      return () => {
        timers = timers.filter(other => other !== run)
      }
    },
  })
  return {
    sent,
    reports,
    type(next: string) {
      text = next
      reports.changed()
    },
    speakAs(name: string) {
      speaker = name
      reports.changed()
    },
    async answer(ok = true) {
      answers.shift()!(ok)
      await new Promise(resolve => setTimeout(resolve))
    },
    tick() {
      for (const run of timers.splice(0)) run()
    },
  }
}

test('letters are gathered, and what is shown already is not told again', async () => {
  const { sent, type, tick, answer } = setUp()
  type('h')
  type('he')
  tick()
  expect(sent).toEqual(['he'])
  await answer()
  type('hel')
  type('he')
  tick()
  expect(sent).toEqual(['he'])
})

test('who says it is told too, but not where nothing is shown', async () => {
  const { sent, type, tick, answer, speakAs } = setUp()
  type('he')
  tick()
  await answer()
  speakAs('B')
  tick()
  expect(sent).toEqual(['he', 'B: he'])
  await answer()
  type('')
  tick()
  await answer()
  speakAs('C')
  tick()
  expect(sent).toEqual(['he', 'B: he', ''])
})

test('a report waits for the one before it, so that the last one told is the newest', async () => {
  const { sent, type, tick, answer } = setUp()
  type('hello')
  tick()
  type('')
  tick()
  expect(sent).toEqual(['hello'])
  await answer()
  tick()
  expect(sent).toEqual(['hello', ''])
})

test('a report that failed is made again: what is over does not stay on the screen', async () => {
  const { sent, type, tick, answer } = setUp()
  type('hello')
  tick()
  await answer()
  type('')
  tick()
  await answer(false)
  tick()
  expect(sent).toEqual(['hello', '', ''])
})

test('who leaves types no more, also where a report is still on its way', async () => {
  const { sent, type, tick, answer, reports } = setUp()
  type('hello')
  tick()
  reports.stop()
  await answer()
  expect(sent).toEqual(['hello', ''])
  await answer()
  expect(sent).toHaveLength(2)
})
