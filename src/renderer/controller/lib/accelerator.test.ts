import { expect, test } from 'vitest'
import { showAccelerator, toAccelerator } from './accelerator.ts'

test.each([
  ['Ctrl+Shift+B', 'CommandOrControl+Shift+B'],
  ['Alt+ArrowUp', 'Alt+Up'],
  ['Ctrl+ ', 'CommandOrControl+Space'],
  ['Ctrl++', 'CommandOrControl+Plus'],
  ['F9', 'F9'],
])('%s', (key, accelerator) => {
  expect(toAccelerator(key)).toBe(accelerator)
})

test('a hotkey is shown as the keyboard is labelled', () => {
  expect(showAccelerator('CommandOrControl+Shift+F9', false)).toBe('Ctrl+Shift+F9')
  expect(showAccelerator('CommandOrControl+Shift+F9', true)).toBe('⌘+Shift+F9')
})
