import { beforeEach, expect, test, vi } from 'vitest'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { Entry } from '../queue/entry.ts'
import type { Frame } from '../stage/frame.ts'
import { createReadAloud } from './read-aloud.ts'

/** What is to be heard now. */
const heard = new Set<string>()

class Sound {
  volume = 1
  playbackRate = 1
  onerror: unknown
  readonly src: string
  constructor(src: string) {
    this.src = src
  }
  play() {
    heard.add(this.src)
    return Promise.resolve()
  }
  pause() {
    heard.delete(this.src)
  }
}

beforeEach(() => {
  heard.clear()
  vi.stubGlobal('Audio', Sound)
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      readonly text: string
      constructor(text: string) {
        this.text = text
      }
    },
  )
  const words = new Set<string>()
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => [],
    speak({ text }: { text: string }) {
      words.add(text)
      heard.add(text)
    },
    cancel() {
      for (const text of words) heard.delete(text)
    },
  })
})

function create() {
  const reader = createReadAloud({ player: { lang: 'ja' } } as Frame, () => {})
  const { sound } = DEFAULT_ROOM_SETTINGS
  reader.onSettings?.({
    ...DEFAULT_ROOM_SETTINGS,
    sound: { ...sound, speech: { ...sound.speech, enabled: true } },
  })
  return reader
}

const entry = (text: string, more: Partial<Entry> = {}): Entry => ({
  key: `${text}#0`,
  message: text,
  index: 0,
  speaker: '',
  line: { fragments: [{ text }] },
  time: 0,
  open: false,
  ...more,
})

test('a line without a recording silences the recording of the one before', () => {
  const reader = create()
  reader.onLine?.(entry('one', { audio: '/assets/one.mp3' }), false)
  expect([...heard]).toEqual(['/assets/one.mp3'])
  reader.onLine?.(entry('two'), false)
  expect([...heard]).toEqual(['two'])
})

test('text that is still being written is read when it is whole', () => {
  const reader = create()
  reader.onLine?.(entry('half', { key: 'm#0', open: true }), false)
  expect([...heard]).toEqual([])
  reader.onComplete?.(entry('half and half', { key: 'm#0' }))
  expect([...heard]).toEqual(['half and half'])
  reader.onComplete?.(entry('half and half', { key: 'm#0' }))
  reader.onLine?.(entry('put there', { key: 'n#0' }), true)
  reader.onComplete?.(entry('put there', { key: 'n#0' }))
  expect([...heard]).toEqual(['half and half'])
})
