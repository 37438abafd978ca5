import { expect, test } from 'vitest'
import { roomSettings, roomSettingsPatch } from './room.ts'
import { DEFAULT_ROOM_SETTINGS, mergeSettings } from './room-defaults.ts'

test('the default settings are valid settings', () => {
  expect(roomSettings.parse(DEFAULT_ROOM_SETTINGS)).toEqual(DEFAULT_ROOM_SETTINGS)
})

test('a patch changes what it names and nothing else', () => {
  const patch = roomSettingsPatch.parse({ look: { theme: 'glass' }, sound: { typing: { volume: 0.2 } } })
  const merged = mergeSettings(DEFAULT_ROOM_SETTINGS, patch)
  expect(merged).toEqual({
    ...DEFAULT_ROOM_SETTINGS,
    look: { ...DEFAULT_ROOM_SETTINGS.look, theme: 'glass' },
    sound: {
      ...DEFAULT_ROOM_SETTINGS.sound,
      typing: { ...DEFAULT_ROOM_SETTINGS.sound.typing, volume: 0.2 },
    },
  })
})

test('an unknown key in a patch is refused, not swallowed', () => {
  expect(roomSettingsPatch.safeParse({ look: { them: 'glass' } }).success).toBe(false)
})
