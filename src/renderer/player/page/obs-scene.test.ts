import { expect, test } from 'vitest'
import { sceneAttributes } from './obs-scene.ts'

test.each<[string, Record<string, string>]>([
  ['Talk', { 'data-scene': 'Talk' }],
  ['聊天 [color=dark]', { 'data-scene': '聊天', 'data-scene-color': 'dark' }],
  [
    'Game[mini][color=dark glass] ',
    { 'data-scene': 'Game', 'data-scene-mini': '', 'data-scene-color': 'dark glass' },
  ],
  ['[Live] [Mini]', { 'data-scene': '', 'data-scene-live': '', 'data-scene-mini': '' }],
  ['Game [1] end', { 'data-scene': 'Game [1] end' }],
  ['Game [1]', { 'data-scene': 'Game [1]' }],
  ['a [be right back]', { 'data-scene': 'a [be right back]' }],
  ['a [b=c] [b=d]', { 'data-scene': 'a', 'data-scene-b': 'd' }],
])('%j', (name, attributes) => {
  expect(Object.fromEntries(sceneAttributes(name))).toEqual(attributes)
})
