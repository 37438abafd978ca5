import { describe, expect, it } from 'vitest'
import { DEFAULT_OVERLAY } from '../../../preload/desktop-settings.ts'
import { overGames, overlayWindowOptions } from './window-options.ts'

const bounds = { x: 10, y: 20, width: 300, height: 200 }

const optionsOn = (platform: NodeJS.Platform, editing = false) =>
  overlayWindowOptions(
    { settings: { ...DEFAULT_OVERLAY, ground: 'green' }, bounds, editing, streamerOnly: false },
    platform,
    'overlay.cjs',
  )

describe('a window over a game', () => {
  it('is a panel on macOS alone, so that it floats over full-screen apps', () => {
    expect(overGames('darwin').type).toBe('panel')
    expect(optionsOn('darwin').type).toBe('panel')
    expect(optionsOn('win32')).not.toHaveProperty('type')
    expect(optionsOn('linux')).not.toHaveProperty('type')
  })

  it('fills its corners, so that a key colour is whole', () => {
    for (const platform of ['darwin', 'win32', 'linux'] as const)
      expect(optionsOn(platform)).toMatchObject({
        ...bounds,
        transparent: true,
        roundedCorners: false,
        hasShadow: false,
        backgroundColor: '#00ff00',
      })
  })

  it('takes the keyboard while it is edited only', () => {
    expect(optionsOn('win32').focusable).toBe(false)
    expect(optionsOn('win32', true).focusable).toBe(true)
  })
})
