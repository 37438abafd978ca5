import { renderSound } from './timbres.ts'

type Recipe = Parameters<typeof renderSound>[0]

export interface Hit {
  /** 0 to 1. */
  volume: number
  /** Semitones. */
  pitch: number
  /** Of one channel one sound is heard at a time: the next lets the one before fade. */
  channel?: 'line' | 'recording'
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

/** Recordings are no louder than this at full volume: one that fades, the next, and what else sounds stay below full scale. */
const RECORDING_PEAK = 0.35

/** Seconds: of the fading, in which the sound falls to a third, and until it ends. */
const FADE = 0.008
const FADED = 0.04

const GESTURES = ['pointerdown', 'keydown', 'touchend'] as const

export function createSoundOutput(page: Document): SoundOutput {
  let context: AudioContext | null = null
  const buffers = new Map<Recipe, AudioBuffer>()
  const samples = new Map<string, { buffer: AudioBuffer; level: number } | null>()
  /** What sounds on each channel. */
  const sounding = new Map<Hit['channel'], { source: AudioBufferSourceNode; gain: GainNode }>()
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

  function fade(channel: Hit['channel'], at: number): void {
    const before = sounding.get(channel)
    before?.gain.gain.setTargetAtTime(0, at, FADE)
    before?.source.stop(at + FADED)
  }

  function start(buffer: AudioBuffer, { volume, pitch, channel }: Hit): void {
    if (context?.state !== 'running') return
    const source = context.createBufferSource()
    const gain = context.createGain()
    source.buffer = buffer
    source.playbackRate.value = 2 ** (pitch / 12)
    gain.gain.value = volume
    source.connect(gain).connect(context.destination)
    source.onended = () => {
      gain.disconnect()
      if (sounding.get(channel)?.source === source) sounding.delete(channel)
    }
    source.start()
    if (channel === undefined) return
    fade(channel, context.currentTime)
    sounding.set(channel, { source, gain })
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
      if (known) start(known.buffer, { ...hit, volume: hit.volume * known.level })
      if (known !== undefined) return
      const [oldest] = samples.keys()
      if (samples.size >= MAX_SAMPLES) samples.delete(oldest!)
      samples.set(url, null)
      fetch(url)
        .then(response => (response.ok ? response.arrayBuffer() : Promise.reject(response.status)))
        .then(bytes => audio.decodeAudioData(bytes))
        .then(buffer => samples.set(url, { buffer, level: levelOf(buffer) }), onFail)
    },
    close() {
      for (const gesture of GESTURES) page.removeEventListener(gesture, resume)
      void context?.close()
      context = null
    },
  }
}

/** What brings a recording's loudest moment down to {@link RECORDING_PEAK}; soft ones stay as they are. */
function levelOf(buffer: AudioBuffer): number {
  let loudest = 0
  for (let channel = 0; channel < buffer.numberOfChannels; channel++)
    for (const sample of buffer.getChannelData(channel)) loudest = Math.max(loudest, Math.abs(sample))
  return loudest > RECORDING_PEAK ? RECORDING_PEAK / loudest : 1
}
