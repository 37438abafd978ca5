import { expect, test } from 'vitest'
import type { Phrase } from '../../../shared/phrase.ts'
import { expandPhrase, findPhrase, openVariables } from './phrase-text.ts'

const now = new Date(2026, 0, 5, 9, 7)

test('time, date, own variables and positions are filled in', () => {
  const values = { variables: { game: '塞尔达' }, now, positional: ['勇者'] }
  expect(expandPhrase('{date} {time} {game} {1} {2} {none}', values)).toBe(
    '2026-01-05 09:07 塞尔达 勇者 {2} {none}',
  )
})

test('two braces are one, and names of the object prototype are no variables', () => {
  expect(expandPhrase('{{time} {constructor}', { variables: {}, now })).toBe('{time} {constructor}')
})

test('ruby of the markup is no variable', () => {
  expect(openVariables('{漢字|かんじ}', {})).toEqual([])
  expect(expandPhrase('{漢字|かんじ}', { variables: {}, now })).toBe('{漢字|かんじ}')
})

test('variables without a value are named once', () => {
  expect(openVariables('{1} {game} {boss} {boss} {time} {{x}', { game: 'Zelda' })).toEqual(['1', 'boss'])
})

test('a phrase is found by how it begins before by what it contains', () => {
  const phrase = (id: string, title: string, text: string): Phrase => ({
    id,
    title,
    text,
    speaker: '',
    folder: '',
    hotkey: '',
  })
  const phrases = [phrase('a', '', 'the welcome'), phrase('b', 'Welcome', 'hi'), phrase('c', '', '再见')]
  expect(findPhrase(phrases, 'wel')?.id).toBe('b')
  expect(findPhrase(phrases, '见')?.id).toBe('c')
  expect(findPhrase(phrases, 'zzz')).toBeUndefined()
})
