import type { Companion } from '../companion.ts'
import type { Frame } from './frame.ts'

/** Tells themes how much of the line is typed: `--progress`, 0 to 1. */
export function createProgress({ progress }: Frame): Companion {
  return {
    onLine: () => progress.style.setProperty('--progress', '0'),
    onTyped: (_text, done) => progress.style.setProperty('--progress', done.toFixed(3)),
  }
}
