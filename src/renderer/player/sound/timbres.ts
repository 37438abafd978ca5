import type { LineSound, Timbre } from '../../../shared/sounds.ts'

/**
 * All sounds of the app, computed: nothing is loaded. Each function gives one sound as samples between -1 and 1, at
 * its natural loudness; `renderSound` brings all of them to the same peak.
 */
type Wave = (time: number, noise: () => number) => number

interface Recipe {
  /** Seconds. */
  length: number
  wave(sampleRate: number): Wave
}

const TAU = Math.PI * 2

/** A fall from 1 to nothing; `half`: seconds in which it falls by half. Begins within a millisecond, without a click. */
const decay = (time: number, half: number) => Math.min(1, time / 0.0012) * 0.5 ** (time / half)

/** Noise through a band-pass filter (RBJ cookbook, constant peak). */
function filtered(sampleRate: number, frequency: number, quality: number): (input: number) => number {
  // A device may play so few samples a second that they do not hold the frequency: the filter would run away.
  const omega = TAU * Math.min(frequency / sampleRate, 0.45)
  const alpha = Math.sin(omega) / (2 * quality)
  const [b0, a0, a1, a2] = [alpha, 1 + alpha, -2 * Math.cos(omega), 1 - alpha]
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  return input => {
    const output = (b0 * (input - x2) - a1 * y1 - a2 * y2) / a0
    ;[x2, x1, y2, y1] = [x1, input, y1, output]
    return output
  }
}

/** A bell: partials that are no multiples of each other. */
const bell = (time: number, frequency: number) =>
  time < 0
    ? 0
    : Math.sin(TAU * frequency * time) * decay(time, 0.16) +
      0.4 * Math.sin(TAU * frequency * 2.76 * time) * decay(time, 0.06) +
      0.2 * Math.sin(TAU * frequency * 5.4 * time) * decay(time, 0.025)

/** A recipe whose wave needs no filter. */
const plain = (wave: Wave) => () => wave

export const CLICKS: Record<Timbre, Recipe> = {
  /** A fingertip on wood. */
  soft: {
    length: 0.07,
    wave: rate => {
      const body = filtered(rate, 1_150, 1.4)
      return (time, noise) =>
        body(noise()) * decay(time, 0.007) * 1.6 + Math.sin(TAU * 520 * time) * decay(time, 0.011)
    },
  },
  /** A key of a typewriter: a hard click, and the case that answers. */
  key: {
    length: 0.08,
    wave: rate => {
      const [click, thud] = [filtered(rate, 3_600, 2.2), filtered(rate, 260, 1.6)]
      return (time, noise) => {
        const hiss = noise()
        return (
          click(hiss) * decay(time, 0.0035) * 2 + thud(hiss) * decay(Math.max(0, time - 0.006), 0.014) * 3
        )
      }
    },
  },
  /** A stroke on paper. */
  pencil: {
    length: 0.11,
    wave: rate => {
      const grain = filtered(rate, 4_800, 0.8)
      return (time, noise) =>
        grain(noise()) *
        Math.sin(Math.min(1, time / 0.1) * Math.PI) ** 1.5 *
        (0.7 + 0.3 * Math.sin(TAU * 61 * time))
    },
  },
  /** The voice of an old game. */
  blip: {
    length: 0.06,
    wave: plain(time => {
      const phase = (time * 440) % 1
      return (
        (phase < 0.25 ? 1 : -0.34) *
        Math.min(1, time / 0.002) *
        Math.min(1, Math.max(0, (0.055 - time) / 0.02))
      )
    }),
  },
  /** A drop of water. */
  drop: {
    length: 0.12,
    wave: plain(time => Math.sin(TAU * (620 * time + 2_600 * time * time)) * decay(time, 0.016)),
  },
  /** A tiny bell. */
  bell: { length: 0.3, wave: plain(time => bell(time, 1_318.5)) },
}

export const LINE_STARTS: Record<LineSound, Recipe> = {
  /** A page is turned. */
  page: {
    length: 0.32,
    wave: rate => {
      const [low, high] = [filtered(rate, 1_700, 0.7), filtered(rate, 5_200, 0.9)]
      return (time, noise) => {
        const hiss = noise()
        const sweep = Math.sin(Math.min(1, time / 0.3) * Math.PI) ** 2
        return (
          (low(hiss) * (1 - time / 0.32) + high(hiss) * (time / 0.32)) * sweep +
          low(hiss) * decay(Math.max(0, time - 0.24), 0.012) * (time > 0.24 ? 0.9 : 0)
        )
      }
    },
  },
  /** Two soft steps upwards. */
  enter: {
    length: 0.34,
    wave: plain(time => {
      const second = time - 0.075
      return (
        Math.sin(TAU * 587.33 * time) * decay(time, 0.05) +
        (second > 0 ? Math.sin(TAU * 880 * second) * decay(second, 0.07) : 0)
      )
    }),
  },
  /** One low, soft knock. */
  soft: {
    length: 0.18,
    wave: plain(time => (Math.sin(TAU * 330 * time) + 0.4 * Math.sin(TAU * 495 * time)) * decay(time, 0.03)),
  },
  bell: { length: 0.9, wave: plain(time => bell(time, 1_046.5)) },
  chime: { length: 1.1, wave: plain(time => bell(time, 1_046.5) + 0.7 * bell(time - 0.09, 1_568)) },
}

/** The same sequence each time: a sound is the same at every place. */
function createNoise(): () => number {
  let state = 0x2545f491
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state / 0x80000000
  }
}

/** Peak of every sound at full volume: -18 dBFS. */
export const PEAK = 10 ** (-18 / 20)

/** @returns the sound's samples, mono, its loudest at {@link PEAK}. */
export function renderSound({ length, wave }: Recipe, sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.ceil(length * sampleRate))
  const [shape, noise] = [wave(sampleRate), createNoise()]
  let loudest = 0
  for (let index = 0; index < samples.length; index++) {
    // The last hundredth fades out: no click at the end.
    const fade = Math.min(1, (samples.length - index) / (0.04 * samples.length))
    samples[index] = shape(index / sampleRate, noise) * fade
    loudest = Math.max(loudest, Math.abs(samples[index]!))
  }
  for (let index = 0; index < samples.length; index++) samples[index]! *= PEAK / (loudest || 1)
  return samples
}
