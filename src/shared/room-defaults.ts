import type { RoomSettings, RoomSettingsPatch } from './room.ts'

/** A room as it is made. Free of zod, so that the player can start from it before the server answers. */
export const DEFAULT_ROOM_SETTINGS: RoomSettings = {
  look: { theme: 'novel', variant: '', layout: '', scale: 1, tokens: {}, bar: '', language: 'zh-CN' },
  typewriter: {
    charMs: 30,
    cjkWeight: 2,
    commaPauseMs: 120,
    sentencePauseMs: 260,
    effect: 'fade',
    effectMs: 120,
    effectAmount: 1,
    easing: 'ease-out',
  },
  queue: {
    policy: 'wait',
    maxWaiting: 200,
    overflow: 'hurry',
    autoAdvance: true,
    holdMs: 1_200,
    holdPerCharMs: 40,
    autoHideMs: 20_000,
    autoHidePerCharMs: 60,
  },
  sound: {
    typing: { enabled: false, timbre: 'soft', volume: 0.5 },
    line: { enabled: false, timbre: 'page', volume: 0.5 },
    speech: {
      enabled: false,
      voice: '',
      rate: 1,
      pitch: 1,
      volume: 1,
      delayMs: 0,
      ignored: '',
      emoji: false,
    },
  },
  backlog: { newestFirst: false, mirrored: false, names: true, times: true, appear: 'sent' },
  longText: 'fit',
  showTyping: false,
  connectionMark: 'auto',
  idleFallback: false,
}

/** Merges objects key by key; `look.tokens` is replaced whole. Neither argument is changed. */
export function mergeSettings(settings: RoomSettings, patch: RoomSettingsPatch): RoomSettings {
  return {
    ...settings,
    ...patch,
    look: { ...settings.look, ...patch.look },
    typewriter: { ...settings.typewriter, ...patch.typewriter },
    queue: { ...settings.queue, ...patch.queue },
    sound: {
      typing: { ...settings.sound.typing, ...patch.sound?.typing },
      line: { ...settings.sound.line, ...patch.sound?.line },
      speech: { ...settings.sound.speech, ...patch.sound?.speech },
    },
    backlog: { ...settings.backlog, ...patch.backlog },
  }
}
