import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { JsonStorage } from '../lib/storage.ts'

const heldLine = z.object({
  key: z.string().min(1),
  speaker: z.string(),
  text: z.string(),
  /** A target label, as the composer had it. */
  label: z.string().optional(),
})
/** A line that is ready and waits for its cue. */
export type HeldLine = z.infer<typeof heldLine>

export interface HeldState {
  lines: HeldLine[]
  /** The next line goes out by itself once the players have finished the last. */
  playing: boolean
}

export interface Held {
  store: StoreApi<HeldState>
  add(lines: Omit<HeldLine, 'key'>[]): void
  change(key: string, part: Partial<Omit<HeldLine, 'key'>>): void
  /** Moves a line to stand at `to`. */
  move(key: string, to: number): void
  remove(key: string): void
  /** Takes the first line, or the named one, out of the queue. */
  take(key?: string): HeldLine | undefined
  /** Puts a line back at the front: it could not be sent. */
  putBack(line: HeldLine): void
  setPlaying(playing: boolean): void
  clear(): HeldLine[]
  /**
   * Reads what another page of this browser has stored.
   * @param changed the item's name, as the browser's `storage` event tells it; null: it may be any
   */
  refresh(changed?: string | null): void
}

/** Lines that may be held at a time. */
export const HELD_LIMIT = 2_000

/** The queue of lines that are written but not sent; kept over a reload. */
export function createHeld(storage: JsonStorage, room: string, makeKey: () => string): Held {
  const item = `held.${room}`
  const read = () => storage.read(item, z.array(heldLine))
  const store = createStore<HeldState>()(() => ({
    lines: read() ?? [],
    playing: false,
  }))
  /** False: the browser keeps nothing (any more), so that its copy is older than ours. */
  let kept = true
  /** Built upon what is stored: another page may have changed it, and its news takes a moment. */
  const update = (change: (lines: HeldLine[]) => HeldLine[]) => {
    store.setState(({ lines, playing }) => {
      const next = change((kept ? read() : undefined) ?? lines)
      return { lines: next, playing: playing && next.length > 0 }
    })
    kept = storage.write(item, store.getState().lines)
  }

  return {
    store,
    add: added =>
      update(lines => [...lines, ...added.map(line => ({ ...line, key: makeKey() }))].slice(0, HELD_LIMIT)),
    change: (key, part) =>
      update(lines => lines.map(line => (line.key === key ? { ...line, ...part } : line))),
    move: (key, to) =>
      update(lines => {
        const line = lines.find(other => other.key === key)
        if (!line) return lines
        const rest = lines.filter(other => other !== line)
        return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, line)
      }),
    remove: key => update(lines => lines.filter(line => line.key !== key)),
    take(key) {
      let taken: HeldLine | undefined
      update(lines => {
        taken = key ? lines.find(other => other.key === key) : lines[0]
        return lines.filter(other => other !== taken)
      })
      return taken
    },
    putBack: line => update(lines => [line, ...lines]),
    refresh(changed) {
      if (!kept || (changed && !changed.endsWith(item))) return
      const lines = read() ?? []
      store.setState(({ playing }) => ({ lines, playing: playing && lines.length > 0 }))
    },
    setPlaying: playing => store.setState({ playing: playing && store.getState().lines.length > 0 }),
    clear() {
      let taken: HeldLine[] = []
      update(lines => {
        taken = lines
        return []
      })
      return taken
    },
  }
}
