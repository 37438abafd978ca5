import type { TellProblem } from '../../../shared/player-problem.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { Companion } from '../companion.ts'
import type { Entry } from '../queue/entry.ts'
import type { Frame } from '../stage/frame.ts'
import { spokenText } from './spoken-text.ts'

/** Sounds of a voice engine: an address of this server, or the sound itself. */
const AUDIO = /^(?:\/(?!\/)[^\s"'<>\\]*|data:audio\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+)$/i

/**
 * Reads lines aloud. Audio that comes with a message (`data.audio`) plays through an audio element, which OBS captures.
 * Else the browser's own voice reads, which OBS does not capture ("Control audio via OBS" leaves it out): it is heard
 * only where the page is open.
 */
export function createReadAloud({ player }: Frame, onProblem: TellProblem): Companion {
  let { speech } = DEFAULT_ROOM_SETTINGS.sound
  let audio: HTMLAudioElement | null = null
  /** Asking the browser for its voices starts its speech service: not before one is wanted. */
  let hasSpoken = false
  /** Of a message of several lines the audio is played once. */
  let playing = ''
  /** Key of a line that is still being written. */
  let written = ''
  /** Until the voice begins. */
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    clearTimeout(timer)
    audio?.pause()
    audio = null
    if (hasSpoken) speechSynthesis.cancel()
  }

  /** What was being read ends at once, what is to be read begins after the room's delay. */
  function begin(read: () => void): void {
    stop()
    if (speech.delayMs === 0) read()
    else timer = setTimeout(read, speech.delayMs)
  }

  function play(source: string): void {
    audio = new Audio(source)
    audio.volume = speech.volume
    audio.playbackRate = speech.rate
    const { src } = audio
    audio.onerror = () => onProblem({ code: 'sound-broken', name: src })
    // Refused without a gesture: the line is shown all the same.
    audio.play().catch(() => undefined)
  }

  function speak(text: string): void {
    if (typeof speechSynthesis === 'undefined') {
      onProblem({ code: 'voice-missing' })
      return
    }
    hasSpoken = true
    const words = new SpeechSynthesisUtterance(text)
    words.lang = player.lang
    words.rate = speech.rate
    words.pitch = speech.pitch
    words.volume = speech.volume
    const voice = speechSynthesis.getVoices().find(({ name }) => name === speech.voice)
    if (voice) words.voice = voice
    speechSynthesis.speak(words)
  }

  function read(entry: Entry): void {
    if (!speech.enabled) return
    const { audio: source } = entry
    if (source !== undefined && AUDIO.test(source)) {
      if (playing === entry.message) return
      playing = entry.message
      begin(() => play(source))
      return
    }
    const text = spokenText(entry.line.fragments, speech)
    if (text !== '') begin(() => speak(text))
  }

  return {
    onSettings({ sound }: RoomSettings) {
      speech = sound.speech
      if (!speech.enabled) stop()
    },
    onLine(entry, complete) {
      if (complete) return
      // What is still being written is read when it is whole.
      if (entry.open) written = entry.key
      else read(entry)
    },
    onComplete(entry) {
      if (entry.key === written) read(entry)
      written = ''
    },
    onClear: stop,
    destroy: stop,
  }
}
