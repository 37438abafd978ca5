import { expect, test } from 'vitest'
import { memoryStorage } from '../../../../test/support/memory-storage.ts'
import { createJsonStorage } from '../lib/storage.ts'
import { createDraft } from './draft.ts'

test('what was being typed is put aside by what is picked elsewhere, over a reload too, and comes back', () => {
  const storage = createJsonStorage(memoryStorage())
  const draft = createDraft(storage, 'lobby')
  draft.setText('half a sen')
  draft.setSpeaker('Ann')
  draft.replace('a phrase', 'Bob')
  expect(draft.store.getState()).toMatchObject({ text: 'a phrase', speaker: 'Bob', caret: 8 })
  const again = createDraft(storage, 'lobby')
  expect(again.bringBack()).toBe(true)
  expect(again.store.getState()).toMatchObject({ text: 'half a sen', speaker: 'Ann' })
  // And forth again.
  expect(again.bringBack()).toBe(true)
  expect(again.store.getState()).toMatchObject({ text: 'a phrase', speaker: 'Bob' })
})

test('nothing is put aside where nothing was typed, and once it is back nothing is left', () => {
  const draft = createDraft(createJsonStorage(memoryStorage()), 'lobby')
  draft.setText('  ')
  draft.replace('a phrase')
  expect(draft.bringBack()).toBe(false)
  draft.replace('another')
  draft.put('')
  expect(draft.bringBack()).toBe(true)
  expect(draft.store.getState()).toMatchObject({ text: 'a phrase', aside: null })
})

test('a draft that an earlier version kept is read', () => {
  const storage = createJsonStorage(memoryStorage())
  storage.write('draft.lobby', { speaker: 'Ann', text: 'old' })
  expect(createDraft(storage, 'lobby').store.getState()).toMatchObject({
    text: 'old',
    label: '',
    aside: null,
  })
})

test('a line for some players is edited for them, and what is typed next is for whom it was before', () => {
  const draft = createDraft(createJsonStorage(memoryStorage()), 'lobby')
  draft.replace('a secret', 'Ann', 'side')
  expect(draft.store.getState()).toMatchObject({ text: 'a secret', label: 'side' })
  draft.put('')
  expect(draft.bringBack()).toBe(true)
  expect(draft.store.getState()).toMatchObject({ text: '', label: '', aside: null })
  draft.setLabel('side')
  draft.setText('half a sen')
  draft.replace('for all', 'Ann', '')
  expect(draft.store.getState().label).toBe('')
  draft.put('')
  draft.bringBack()
  expect(draft.store.getState()).toMatchObject({ text: 'half a sen', label: 'side' })
})

test('what is picked one after the other throws away nothing: all of it comes back, over a reload too', () => {
  const storage = createJsonStorage(memoryStorage())
  const draft = createDraft(storage, 'lobby')
  draft.setText('half a sen')
  draft.replace('a phrase')
  draft.replace('a held line')
  const again = createDraft(storage, 'lobby')
  const seen: string[] = []
  for (let step = 0; step < 3; step++) {
    again.bringBack()
    seen.push(again.store.getState().text)
  }
  expect(seen).toEqual(['a phrase', 'half a sen', 'a held line'])
})
