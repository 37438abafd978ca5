/** Walks back through the lines that were sent, as a shell does, and forth again to what was being typed. */
export interface Recall {
  /** @returns the line before; null at the oldest. */
  older(current: string): string | null
  /** @returns the line after, at the end the text that was there before the walk; null when not walking. */
  newer(): string | null
  /** The user typed: what stands there now is a new text. */
  reset(): void
}

/** @param lines what was sent, oldest first; read when a walk begins. */
export function createRecall(lines: () => string[]): Recall {
  let depth = 0
  let draft = ''
  let walked: string[] = []
  return {
    older(current) {
      if (depth === 0) walked = lines()
      const line = walked.at(-depth - 1)
      if (line === undefined) return null
      if (depth === 0) draft = current
      depth++
      return line
    },
    newer() {
      if (depth === 0) return null
      depth--
      return depth === 0 ? draft : (walked.at(-depth) ?? draft)
    },
    reset() {
      depth = 0
    },
  }
}
