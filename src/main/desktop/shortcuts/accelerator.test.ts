import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../preload/desktop-settings.ts'
import { normalise } from './accelerator.ts'

describe('a hotkey', () => {
  it('has one spelling', () => {
    const same = ['CommandOrControl+Shift+F9', 'ctrl+shift+f9', 'Shift+Control+F9', ' Control + Shift + F9 ']
    expect(new Set(same.map(one => normalise(one, 'linux')))).toEqual(new Set(['Control+Shift+f9']))
    expect(normalise('CommandOrControl+Shift+F9', 'darwin')).toBe('Meta+Shift+f9')
    expect(normalise('Alt+Esc', 'win32')).toBe(normalise('Option+Escape', 'win32'))
  })

  it.each(['F9', 'Shift+F12', 'MediaPlayPause', 'Alt+Space', 'Super+1', 'Ctrl+-'])(
    'may be %s',
    accelerator => {
      expect(normalise(accelerator, 'linux')).toBeDefined()
    },
  )

  it.each(['A', 'Shift+A', '', '+', 'Ctrl+', 'Ctrl+Banana', 'Hyper+A', 'Ctrl+AB', 'Ctrl+F25'])(
    'may not be %j',
    accelerator => {
      expect(normalise(accelerator, 'linux')).toBeUndefined()
    },
  )

  it('is by default valid and used once on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const all = Object.values(DEFAULT_SETTINGS.shortcuts).filter(one => one !== '')
      const normal = all.map(one => normalise(one, platform))
      expect(normal).not.toContain(undefined)
      expect(new Set(normal).size).toBe(all.length)
    }
  })
})
