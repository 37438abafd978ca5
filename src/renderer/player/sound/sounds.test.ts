import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RoomSettings } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { Companion } from '../companion.ts'
import type { Entry } from '../queue/entry.ts'
import type { Frame } from '../stage/frame.ts'
import { createSounds } from './sounds.ts'
import { PEAK } from './timbres.ts'

const RATE = 16_000

/** Something that sounds, from `start` to `end` in milliseconds. */
interface Heard {
  start: number
  end: number
  volume: number
  rate: number
  wave: Float32Array
}
let heard: Heard[] = []

/** Keeps what it is given to play; of fading it knows when it is over. */
class FakeContext {
  state = 'running'
  sampleRate = RATE
  destination = {}
  get currentTime() {
    return performance.now() / 1000
  }
  createBuffer(_channels: number, length: number) {
    const wave = new Float32Array(length)
    return { wave, duration: length / RATE, copyToChannel: (from: Float32Array) => wave.set(from) }
  }
  createGain() {
    return { gain: { value: 1, setTargetAtTime() {} }, connect: () => {}, disconnect() {} }
  }
  createBufferSource() {
    let mine: Heard | undefined
    const source = {
      buffer: null as null | { wave: Float32Array; duration: number },
      playbackRate: { value: 1 },
      gain: null as null | { gain: { value: number } },
      connect(gain: { gain: { value: number } }) {
        source.gain = gain
        return { connect() {} }
      },
      start() {
        const { wave, duration } = source.buffer!
        const start = performance.now()
        mine = { start, end: start + duration * 1000, volume: 0, rate: source.playbackRate.value, wave }
        mine.volume = source.gain!.gain.value
        heard.push(mine)
      },
      stop(at: number) {
        mine!.end = Math.min(mine!.end, at * 1000)
      },
    }
    return source
  }
  close() {}
}

beforeEach(() => {
  heard = []
  vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout'] })
  vi.stubGlobal('AudioContext', FakeContext)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function create(
  typing: Partial<RoomSettings['sound']['typing']>,
  line: Partial<RoomSettings['sound']['line']>,
) {
  const page = { addEventListener() {}, removeEventListener() {}, visibilityState: 'visible' }
  const problems: unknown[] = []
  const sounds = createSounds({ player: { ownerDocument: page } } as unknown as Frame, problem =>
    problems.push(problem),
  ) as Required<Pick<Companion, 'onSettings' | 'onSpeaker' | 'onLine' | 'onTyped'>>
  const { sound } = DEFAULT_ROOM_SETTINGS
  sounds.onSettings({
    ...DEFAULT_ROOM_SETTINGS,
    sound: {
      ...sound,
      typing: { ...sound.typing, enabled: true, volume: 1, ...typing },
      line: { ...sound.line, enabled: false, volume: 1, ...line },
    },
  })
  sounds.onSpeaker('')
  return { sounds, page, problems }
}
const entry = {} as Entry

/** Types one letter in each frame of a second. */
function type(sounds: Pick<Required<Companion>, 'onTyped'>, letter = '字'): void {
  for (let frame = 0; frame < 60; frame++) {
    sounds.onTyped(letter, 0.5)
    vi.advanceTimersByTime(1000 / 60)
  }
}

/** The loudest moment of all that was heard, mixed; a sound that was faded counts in full to its end. */
function loudest(): number {
  const mix = new Float32Array(Math.ceil((Math.max(...heard.map(({ end }) => end)) / 1000) * RATE))
  for (const { start, end, volume, rate, wave } of heard) {
    const [from, to] = [Math.ceil((start / 1000) * RATE), Math.floor((end / 1000) * RATE)]
    for (let at = from; at < to; at++)
      mix[at]! += volume * (wave[Math.round((at - (start / 1000) * RATE) * rate)] ?? 0)
  }
  return mix.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
}

test('letters click no faster than every 45 ms, each at a pitch of its own within two semitones', () => {
  const { sounds } = create({}, {})
  type(sounds)
  expect(heard.length).toBeGreaterThan(15)
  const gaps = heard.slice(1).map(({ start }, index) => start - heard[index]!.start)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(45)
  const semitones = heard.map(({ rate }) => Math.log2(rate) * 12)
  for (const shift of semitones) expect(Math.abs(shift)).toBeLessThanOrEqual(2)
  expect(new Set(semitones.map(shift => Math.round(shift * 2))).size).toBeGreaterThan(3)
})

test('spaces and marks are silent; a picture in the line sounds as a letter does', () => {
  const { sounds } = create({}, {})
  type(sounds, '，')
  type(sounds, ' ')
  expect(heard).toEqual([])
  type(sounds, '\ufffc')
  expect(heard.length).toBeGreaterThan(0)
})

test('a volume of nothing, and a room without sounds, are silent', () => {
  for (const typing of [{ volume: 0 }, { enabled: false }]) {
    const { sounds } = create(typing, { enabled: true, volume: 0 })
    sounds.onLine(entry, false)
    type(sounds)
  }
  expect(heard).toEqual([])
})

test('fifty lines at once sound as one, and never louder than full scale', () => {
  for (const timbre of ['chime', 'bell', 'page'] as const) {
    heard = []
    const { sounds } = create({ timbre: 'bell' }, { enabled: true, timbre })
    for (let line = 0; line < 50; line++) {
      sounds.onLine(entry, false)
      vi.advanceTimersByTime(2)
    }
    const begun = heard.length
    expect(begun).toBeLessThan(3)
    for (let line = 0; line < 5; line++) {
      sounds.onLine(entry, false)
      type(sounds)
    }
    expect(loudest()).toBeLessThan(1)
    expect(Math.max(...heard.map(({ wave }) => Math.max(...wave)))).toBeLessThanOrEqual(PEAK + 1e-6)
    vi.advanceTimersByTime(5_000)
  }
})

test('a recording is cut short by the next letter, and is no louder than leaves room for the others', async () => {
  const wave = new Float32Array(RATE).fill(1)
  vi.stubGlobal('fetch', async () => ({ ok: true, arrayBuffer: async () => new ArrayBuffer(0) }))
  Object.assign(FakeContext.prototype, {
    decodeAudioData: async () => ({ wave, duration: 1, numberOfChannels: 1, getChannelData: () => wave }),
  })
  const { sounds } = create({}, { enabled: true })
  sounds.onSpeaker('', { look: { voice: { sample: '/assets/voice' } } } as unknown as Entry)
  type(sounds)
  await vi.advanceTimersByTimeAsync(0)
  sounds.onLine(entry, false)
  type(sounds)
  expect(heard.filter(({ wave: other }) => other === wave).length).toBeGreaterThan(15)
  expect(loudest()).toBeLessThan(1)
})

test('a hidden page makes no sound for lines that nobody sees', () => {
  const { sounds, page } = create({}, { enabled: true })
  page.visibilityState = 'hidden'
  sounds.onLine(entry, false)
  expect(heard).toEqual([])
})
