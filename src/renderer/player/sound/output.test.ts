import { afterEach, expect, test, vi } from 'vitest'
import { createSoundOutput } from './output.ts'
import { CLICKS } from './timbres.ts'

afterEach(() => vi.unstubAllGlobals())

test('a page that nobody has touched asks once to be heard, not with every letter', () => {
  const resume = vi.fn(() => new Promise<void>(() => {}))
  class Silent {
    state = 'suspended'
    resume = resume
  }
  vi.stubGlobal('AudioContext', Silent)
  const output = createSoundOutput({ addEventListener: () => {} } as unknown as Document)
  for (let letter = 0; letter < 100; letter++) output.play(CLICKS.soft, { volume: 1, pitch: 0 })
  expect(resume).toHaveBeenCalledTimes(1)
})
