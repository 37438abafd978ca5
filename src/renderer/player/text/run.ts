import { breaksBetween, breaksRow } from './clusters.ts'

/**
 * A stretch of text that is laid out whole and revealed from its beginning: what is not yet typed keeps its place with
 * `visibility: hidden`, so no word ever jumps to the next line.
 *
 * The text lies in chunks. Only the chunk that is being typed has an element for each grapheme, and showing one changes
 * its class: the browser paints, but lays nothing out, however long the line is.
 */

/** Graphemes a chunk. */
const CHUNK = 64
/** More than this at once is a catch-up, not typing: it appears without an effect. */
const MAX_FRESH = 24

export interface Run {
  element: HTMLElement
  /** Number of graphemes. */
  readonly count: number
  /** Gives what is typed first the elements that typing needs: showing it then lays nothing out. */
  open?(): void
  /** Shows the first `count` graphemes; `animate` lets those that are new arrive with the room's effect. */
  reveal(count: number, animate: boolean): void
  /** Where its grapheme of this index stands on the page; null if nowhere. */
  rect(index: number): DOMRect | null
  /** Takes longer text that begins with what it has; absent where that is not worth the trouble. */
  grow?(parts: readonly string[]): void
}

interface Chunk {
  /** `sm-veil` before its turn, `sm-chunk` with a span a grapheme while it is typed, `sm-seen` afterwards. */
  element: HTMLElement
  /** Index of its first grapheme in the run. */
  start: number
  parts: readonly string[]
  /** While it is typed. */
  spans: HTMLElement[]
  shown: number
}

function createChunk(start: number, parts: readonly string[]): Chunk {
  const element = document.createElement('span')
  const chunk: Chunk = { element, start, parts, spans: [], shown: 0 }
  settle(chunk, 'sm-veil')
  return chunk
}

/** Makes a chunk one piece of text again. */
function settle({ element, parts, spans }: Chunk, className: 'sm-veil' | 'sm-seen'): void {
  spans.length = 0
  element.className = className
  element.textContent = parts.join('')
}

/** Gives each grapheme of a chunk a span of its own. */
function open({ element, parts, spans }: Chunk): void {
  for (const part of parts) {
    const span = document.createElement('span')
    span.className = 'sm-veil'
    span.textContent = part
    spans.push(span)
  }
  element.className = 'sm-chunk'
  element.replaceChildren(...spans)
}

/** Where a line may break at both sides, a grapheme can be a box of its own and move. */
function isFree(parts: readonly string[], index: number): boolean {
  const [before = ' ', after = ' '] = [parts[index - 1], parts[index + 1]]
  return breaksBetween(before, parts[index]!) && breaksBetween(parts[index]!, after)
}

function revealChunk(chunk: Chunk, count: number, animate: boolean): void {
  const { parts, spans, shown } = chunk
  if (count <= shown) return
  chunk.shown = count
  const isTyping = count - shown <= MAX_FRESH
  // Whole chunks at once never need their spans.
  if (count === parts.length && !isTyping) {
    settle(chunk, 'sm-seen')
    return
  }
  if (spans.length === 0) open(chunk)
  for (let index = shown; index < count; index++)
    spans[index]!.className = !(animate && isTyping)
      ? 'sm-seen'
      : isFree(parts, index)
        ? 'sm-fresh sm-free'
        : 'sm-fresh'
  markNext(chunk)
}

/** Themes may show a cursor where the next grapheme will be. */
function markNext({ spans, shown }: Chunk): void {
  const next = spans[shown]
  if (next) next.className = 'sm-veil sm-next'
}

function rectIn({ element, parts, spans }: Chunk, index: number): DOMRect | null {
  const span = spans[index]
  if (span) return span.getBoundingClientRect()
  const text = element.firstChild
  if (text === null) return null
  const offset = parts.slice(0, index).join('').length
  const range = document.createRange()
  range.setStart(text, offset)
  range.setEnd(text, offset + parts[index]!.length)
  return range.getBoundingClientRect()
}

/** A space of no width, behind which no rule of a language forbids a break. */
const MAY_BREAK = '\u200b'

function withBreaks(parts: readonly string[]): readonly string[] {
  return parts.map((part, index) => (breaksRow(parts, index + 1) ? part + MAY_BREAK : part))
}

/** @param parts the graphemes of the text */
export function createRun(parts: readonly string[]): Run {
  const element = document.createElement('span')
  element.className = 'sm-run'
  const chunks: Chunk[] = []
  /** Chunks before this one are complete. */
  let active = 0
  let total = 0

  function reveal(count: number, animate: boolean): void {
    for (; active < chunks.length; active++) {
      const chunk = chunks[active]!
      const inside = Math.min(Math.max(count - chunk.start, 0), chunk.parts.length)
      revealChunk(chunk, inside, animate)
      if (inside === 0 && chunk.spans.length === 0 && active > 0) {
        open(chunk)
        markNext(chunk)
      }
      if (inside < chunk.parts.length) return
      // By now all of the chunk before this one has arrived.
      const before = chunks[active - 1]
      if (before !== undefined && before.spans.length > 0) settle(before, 'sm-seen')
    }
  }

  function fill(given: readonly string[]): void {
    const text = withBreaks(given)
    if (text.some(part => part.endsWith(MAY_BREAK))) element.classList.add('sm-row')
    for (let start = chunks.length * CHUNK; start < text.length; start += CHUNK) {
      const chunk = createChunk(start, text.slice(start, start + CHUNK))
      chunks.push(chunk)
      element.append(chunk.element)
    }
    total = text.length
  }

  fill(parts)
  return {
    element,
    get count() {
      return total
    },
    open() {
      const [first] = chunks
      if (first === undefined || first.shown > 0 || first.spans.length > 0) return
      open(first)
      markNext(first)
    },
    reveal,
    rect(index) {
      const chunk = chunks[Math.floor(index / CHUNK)]
      const inside = index - (chunk?.start ?? 0)
      return chunk === undefined || inside >= chunk.parts.length ? null : rectIn(chunk, inside)
    },
    grow(text) {
      // The last chunk may be short, and its last grapheme may have got a mark or a joiner more.
      const last = chunks.pop()
      last?.element.remove()
      active = Math.min(active, chunks.length)
      const start = chunks.length * CHUNK
      fill(text)
      reveal(start + (last?.shown ?? 0), false)
    },
  }
}
