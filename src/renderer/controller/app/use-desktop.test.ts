import { expect, test } from 'vitest'
import type { Phrase } from '../../../shared/phrase.ts'
import { globalPhrases } from './use-desktop.ts'

const phrase = (text: string, hotkey: string): Phrase => ({
  id: text,
  title: '',
  text,
  speaker: 'A',
  folder: '',
  hotkey,
})

test('the app gets phrases whose text stands, with their variables filled in', () => {
  const phrases = [
    phrase('playing {game}', 'Ctrl+G'),
    phrase('it is {time}', 'Ctrl+T'),
    phrase('thanks {1}', 'Ctrl+H'),
    phrase('no key', ''),
  ]
  expect(globalPhrases(phrases, { game: 'Zelda' })).toEqual([
    { accelerator: 'CommandOrControl+G', speaker: 'A', text: 'playing Zelda' },
  ])
})
