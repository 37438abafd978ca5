import { breaksBetween } from './clusters.ts'

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
  /** Where its grapheme of this index stands on the page; null if nowhere. */
  rect(index: number): DOMRect | null
  /** Takes longer text that begins with what it has; absent where that is not worth the trouble. */
  grow?(parts: readonly string[]): void
}

interface Chunk {
  /** Index of its first grapheme in the run. */
  start: number
  parts: readonly string[]
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
  veil.textContent = parts.join('')
  return { start, parts, seen, veil, shown: 0 }
}

/** A grapheme that has just been typed. Where a line may break at both sides it can be a box, and move. */
function createFresh({ parts }: Chunk, index: number): HTMLElement {
  const part = parts[index]!
  const [before = ' ', after = ' '] = [parts[index - 1], parts[index + 1]]
  const span = document.createElement('span')
  span.className = breaksBetween(before, part) && breaksBetween(part, after) ? 'sm-fresh sm-free' : 'sm-fresh'
  span.textContent = part
  span.addEventListener('animationend', settle)
  return span
}

function revealChunk(chunk: Chunk, count: number, animate: boolean): void {
  const from = chunk.shown
  if (count <= from) return
  if (animate && count - from <= MAX_FRESH) {
    for (let index = from; index < count; index++) chunk.veil.before(createFresh(chunk, index))
  } else {
    while (chunk.seen.nextSibling && chunk.seen.nextSibling !== chunk.veil) chunk.seen.nextSibling.remove()
    chunk.seen.textContent = chunk.parts.slice(0, count).join('')
  }
  chunk.veil.textContent = chunk.parts.slice(count).join('')
  chunk.shown = count
}

/** The text of a chunk lies in `seen`, in what has just arrived, and in `veil`, in this order. */
function rectIn(chunk: Chunk, index: number): DOMRect | null {
  let offset = chunk.parts.slice(0, index).join('').length
  for (let node: Node | null = chunk.seen; node !== null; node = node.nextSibling) {
    const text = node.firstChild
    const length = node.textContent?.length ?? 0
    if (offset < length && text !== null) {
      const range = document.createRange()
      range.setStart(text, offset)
      range.setEnd(text, Math.min(length, offset + chunk.parts[index]!.length))
      return range.getBoundingClientRect()
    }
    offset -= length
    if (node === chunk.veil) break
  }
  return null
}

/** @param parts the graphemes of the text */
export function createRun(parts: readonly string[]): Run {
  const element = document.createElement('span')
  element.className = 'sm-run'
  let chunks: Chunk[] = []
  /** Chunks before this one are complete. */
  let active = 0
  let total = 0

  function reveal(count: number, animate: boolean): void {
    for (; active < chunks.length; active++) {
      const chunk = chunks[active]!
      const inside = Math.min(Math.max(count - chunk.start, 0), chunk.parts.length)
      revealChunk(chunk, inside, animate)
      if (inside < chunk.parts.length) return
    }
  }

  function fill(text: readonly string[]): void {
    for (let start = chunks.length * CHUNK; start < text.length; start += CHUNK) {
      const chunk = createChunk(start, text.slice(start, start + CHUNK))
      chunks.push(chunk)
      element.append(chunk.seen, chunk.veil)
    }
    total = text.length
  }

  fill(parts)
  return {
    element,
    get count() {
      return total
    },
    reveal,
    rect(index) {
      const chunk = chunks[Math.floor(index / CHUNK)]
      return chunk === undefined || index - chunk.start >= chunk.parts.length
        ? null
        : rectIn(chunk, index - chunk.start)
    },
    grow(text) {
      // The last chunk may be short, and its last grapheme may have got a mark or a joiner more.
      const last = chunks[chunks.length - 1]
      let shown = 0
      if (last !== undefined) {
        shown = last.shown
        while (last.seen.nextSibling !== last.veil) last.seen.nextSibling!.remove()
        last.seen.remove()
        last.veil.remove()
        chunks = chunks.slice(0, -1)
      }
      active = Math.min(active, chunks.length)
      const start = chunks.length * CHUNK
      fill(text)
      reveal(start + shown, false)
    },
  }
}
