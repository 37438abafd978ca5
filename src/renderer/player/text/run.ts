/**
 * A stretch of text that is laid out whole and revealed from its beginning. Only text nodes change while it is typed:
 * what is not yet typed keeps its place with `visibility: hidden`, so no word ever jumps to the next line.
 */

/** Cells a chunk: small enough that re-shaping one a frame costs nothing in a line of 10,000 graphemes. */
const CHUNK = 128
/** More than this at once is a catch-up, not typing: it appears without an effect. */
const MAX_FRESH = 24

export interface Run {
  element: HTMLElement
  /** Number of graphemes. */
  count: number
  /** Shows the first `count` graphemes; `animate` lets those that are new arrive with the theme's effect. */
  reveal(count: number, animate: boolean): void
}

interface Chunk {
  /** Index of its first grapheme in the run. */
  start: number
  text: string
  /** UTF-16 offset in `text` behind each of its graphemes. */
  ends: number[]
  seen: HTMLElement
  veil: HTMLElement
  shown: number
}

/** A span that has just arrived becomes part of the plain text when its animation ends. */
function settle(this: HTMLElement): void {
  const seen = this.previousSibling
  // Those before it end first; out of order it waits for the next.
  if (seen instanceof HTMLElement && seen.className === 'sm-seen') {
    seen.append(this.textContent ?? '')
    seen.normalize()
    this.remove()
  } else {
    this.className = ''
  }
}

function createChunk(start: number, parts: readonly string[]): Chunk {
  const seen = document.createElement('span')
  seen.className = 'sm-seen'
  const veil = document.createElement('span')
  veil.className = 'sm-veil'
  const text = parts.join('')
  veil.textContent = text
  let end = 0
  const ends = parts.map(part => (end += part.length))
  return { start, text, ends, seen, veil, shown: 0 }
}

function revealChunk(chunk: Chunk, count: number, animate: boolean): void {
  const from = chunk.shown
  if (count === from) return
  const cut = count === 0 ? 0 : chunk.ends[count - 1]!
  const fresh = count - from
  if (animate && fresh > 0 && fresh <= MAX_FRESH) {
    for (let index = from; index < count; index++) {
      const span = document.createElement('span')
      span.className = 'sm-fresh'
      span.textContent = chunk.text.slice(index === 0 ? 0 : chunk.ends[index - 1]!, chunk.ends[index]!)
      span.addEventListener('animationend', settle)
      chunk.veil.before(span)
    }
  } else {
    while (chunk.seen.nextSibling && chunk.seen.nextSibling !== chunk.veil) chunk.seen.nextSibling.remove()
    chunk.seen.textContent = chunk.text.slice(0, cut)
  }
  chunk.veil.textContent = chunk.text.slice(cut)
  chunk.shown = count
}

/** @param parts the graphemes of the text */
export function createRun(parts: readonly string[]): Run {
  const element = document.createElement('span')
  element.className = 'sm-run'
  const chunks: Chunk[] = []
  for (let start = 0; start < parts.length; start += CHUNK) {
    const chunk = createChunk(start, parts.slice(start, start + CHUNK))
    chunks.push(chunk)
    element.append(chunk.seen, chunk.veil)
  }
  /** Chunks before this one are complete. */
  let active = 0
  return {
    element,
    count: parts.length,
    reveal(count, animate) {
      for (; active < chunks.length; active++) {
        const chunk = chunks[active]!
        const inside = Math.min(Math.max(count - chunk.start, 0), chunk.ends.length)
        revealChunk(chunk, inside, animate)
        if (inside < chunk.ends.length) return
      }
    },
  }
}
