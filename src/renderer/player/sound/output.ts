import { renderSound } from './timbres.ts'

type Recipe = Parameters<typeof renderSound>[0]

export interface Hit {
  /** 0 to 1. */
  volume: number
  /** Semitones. */
  pitch: number
}

/** Plays short sounds. Without a gesture an ordinary browser keeps silent; the first touch or key lets it speak. */
export interface SoundOutput {
  /** Sounds that can't be heard now are not kept for later: a click belongs to its letter. */
  play(sound: Recipe, hit: Hit): void
  /** A recording, loaded once. `onFail` where it can't be loaded or read. */
  playSample(url: string, hit: Hit, onFail: () => void): void
  close(): void
}

/** Recordings that are kept; a message may bring one of its own. */
const MAX_SAMPLES = 32

const GESTURES = ['pointerdown', 'keydown', 'touchend'] as const

export function createSoundOutput(page: Document): SoundOutput {
  let context: AudioContext | null = null
  const buffers = new Map<Recipe, AudioBuffer>()
  const samples = new Map<string, AudioBuffer | null>()
  let waking = false

  /** Made with the first sound: a silent player holds no audio device. */
  function open(): AudioContext | null {
    if (context) return context
    if (typeof AudioContext === 'undefined') return null
    context = new AudioContext({ latencyHint: 'interactive' })
    for (const gesture of GESTURES) page.addEventListener(gesture, resume, { passive: true })
    return context
  }

  function resume(): void {
    void context?.resume()
    for (const gesture of GESTURES) page.removeEventListener(gesture, resume)
  }

  /** Asks once: until somebody touches the page the browser keeps each question. */
  function wake(audio: AudioContext): void {
    if (audio.state !== 'suspended' || waking) return
    waking = true
    const over = () => {
      waking = false
    }
    audio.resume().then(over, over)
  }

  function start(buffer: AudioBuffer, { volume, pitch }: Hit): void {
    if (context?.state !== 'running') return
    const source = context.createBufferSource()
    const gain = context.createGain()
    source.buffer = buffer
    source.playbackRate.value = 2 ** (pitch / 12)
    gain.gain.value = volume
    source.connect(gain).connect(context.destination)
    source.onended = () => gain.disconnect()
    source.start()
  }

  return {
    play(sound, hit) {
      const audio = open()
      if (!audio) return
      wake(audio)
      if (audio.state !== 'running') return
      let buffer = buffers.get(sound)
      if (!buffer) {
        const wave = renderSound(sound, audio.sampleRate)
        buffer = audio.createBuffer(1, wave.length, audio.sampleRate)
        buffer.copyToChannel(wave, 0)
        buffers.set(sound, buffer)
      }
      start(buffer, hit)
    },
    playSample(url, hit, onFail) {
      const audio = open()
      if (!audio) return
      wake(audio)
      const known = samples.get(url)
      if (known) start(known, hit)
      if (known !== undefined) return
      const [oldest] = samples.keys()
      if (samples.size >= MAX_SAMPLES) samples.delete(oldest!)
      samples.set(url, null)
      fetch(url)
        .then(response => (response.ok ? response.arrayBuffer() : Promise.reject(response.status)))
        .then(bytes => audio.decodeAudioData(bytes))
        .then(buffer => samples.set(url, buffer), onFail)
    },
    close() {
      for (const gesture of GESTURES) page.removeEventListener(gesture, resume)
      void context?.close()
      context = null
    },
  }
}
