import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { type PlayerProblem, playerProblem } from '../../../shared/player-problem.ts'
import { resources } from '../i18n/words/index.ts'
import { problemWords } from './problem-words.ts'

const LANGUAGES = ['en', 'zh-CN', 'ja'] as const

async function sayIn(language: (typeof LANGUAGES)[number], problem: PlayerProblem | string): Promise<string> {
  const i18n = createInstance()
  await i18n.init({ lng: language, fallbackLng: false, resources, interpolation: { escapeValue: false } })
  return problemWords(problem, i18n.t)
}

const samples = { name: '/nowhere.png', speaker: '夏目', value: '#nothing', count: 3 }

describe.each(LANGUAGES)('in %s', language => {
  test.each(playerProblem.options.map(option => [option.shape.code.value, option]))(
    '%s is said with all that it tells, and what to do',
    async (code, option) => {
      const values = Object.entries(samples).filter(([name]) => name in option.shape)
      const sentence = await sayIn(language, playerProblem.parse({ code, ...Object.fromEntries(values) }))
      expect(sentence).not.toContain(`problems.${code}`)
      expect(sentence).not.toMatch(/[{}]/)
      for (const [, value] of values) expect(sentence).toContain(String(value))
      // What happened, and what to do.
      expect(sentence.match(/[.。]( |$|(?=[^ ]))/g)?.length).toBeGreaterThanOrEqual(2)
    },
  )

  test('what another program reports stands in its own words', async () => {
    expect(await sayIn(language, 'no such shader')).toBe('no such shader')
  })
})

test('one and many are told apart where a language does', async () => {
  expect(await sayIn('en', { code: 'lines-dropped', count: 1 })).toMatch(/^1 line was/)
})
