import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type DesktopSettings } from '../../preload/desktop-settings.ts'
import { argumentsForDisplayServer, displayServerOf } from './switches.ts'

const wayland = { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0', XDG_SESSION_TYPE: 'wayland' }
const settings = (displayServer: 'x11' | 'wayland'): DesktopSettings => ({
  ...DEFAULT_SETTINGS,
  general: { ...DEFAULT_SETTINGS.general, displayServer },
})
const again = (argv: string[], env: NodeJS.ProcessEnv, wanted: 'x11' | 'wayland' = 'x11') =>
  argumentsForDisplayServer(argv, env, 'linux', settings(wanted))

describe('on Linux the app starts again', () => {
  it('under XWayland in a Wayland session, once, with its other arguments', () => {
    const args = again(['app', '--hidden'], wayland)
    expect(args).toEqual(['--hidden', '--ozone-platform=x11'])
    expect(again(['app', ...(args ?? [])], wayland)).toBeUndefined()
  })

  it.each([
    ['in an X session', ['app'], { DISPLAY: ':0', XDG_SESSION_TYPE: 'x11' }],
    ['where there is no X server', ['app'], { WAYLAND_DISPLAY: 'wayland-0' }],
    ['where the user gave the switch', ['app', '--ozone-platform=wayland'], wayland],
  ])('but not %s', (_where, argv, env) => {
    expect(again(argv, env)).toBeUndefined()
  })

  it('but not where the user chose Wayland', () => {
    expect(again(['app'], wayland, 'wayland')).toBeUndefined()
  })
})

it('tells how windows are drawn, by the last switch', () => {
  expect(displayServerOf(['app'], wayland, 'linux')).toBe('wayland')
  expect(displayServerOf(['app', '--ozone-platform=wayland', '--ozone-platform=x11'], wayland, 'linux')).toBe(
    'x11',
  )
  expect(displayServerOf(['app'], {}, 'linux')).toBe('x11')
  expect(displayServerOf(['app'], wayland, 'win32')).toBeNull()
})
