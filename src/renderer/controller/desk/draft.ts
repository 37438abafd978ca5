import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { JsonStorage } from '../lib/storage.ts'

const written = z.object({ speaker: z.string(), text: z.string(), label: z.string().catch('') })
const kept = z.object({
  ...written.shape,
  /** What was being typed when something else took its place. */
  aside: written.nullable().catch(null),
  /** What was put aside before that, newest first. */
  deeper: z.array(written).catch([]),
})

/** Texts that are put aside at a time; of more than these nobody knows any more. */
const MOST_ASIDE = 10

export interface DraftState extends z.infer<typeof kept> {
  /** Counts up when something else than typing changed the text, so that the field puts its caret anew. */
  revision: number
  /** Where the caret belongs since the last revision, in UTF-16 units. */
  caret: number
}

export interface Draft {
  store: StoreApi<DraftState>
  setText(text: string): void
  setSpeaker(speaker: string): void
  /** Empty: every player. */
  setLabel(label: string): void
  /** @param caret at the end unless said otherwise */
  put(text: string, speaker?: string, caret?: number): void
  /**
   * The same for what the user picks elsewhere: a phrase, a line of the history. What was being typed is put aside, and whom
   * it was for.
   * @param label whom the line is for; the present target unless said otherwise
   */
  replace(text: string, speaker?: string, label?: string): void
  /** Takes what was put aside last; what stands there now goes behind the rest. @returns false where nothing was. */
  bringBack(): boolean
}

/** What is in the composer. Kept at every key, so that a reload or a crash loses nothing. */
export function createDraft(storage: JsonStorage, room: string): Draft {
  const item = `draft.${room}`
  const store = createStore<DraftState>()(() => {
    const found = storage.read(item, kept) ?? { speaker: '', text: '', label: '', aside: null, deeper: [] }
    return { ...found, revision: 0, caret: found.text.length }
  })
  function set(part: Partial<DraftState>): void {
    store.setState(part)
    const { speaker, text, label, aside, deeper } = store.getState()
    storage.write(item, { speaker, text, label, aside, deeper })
  }
  /** What stands there, unless that is nothing. */
  function typed(): DraftState['aside'] {
    const { speaker, text, label } = store.getState()
    return text.trim() === '' ? null : { speaker, text, label }
  }
  function put(text: string, speaker?: string, caret = text.length): void {
    const { revision } = store.getState()
    set({ text, caret, revision: revision + 1, ...(speaker === undefined ? {} : { speaker }) })
  }
  return {
    store,
    setText: text => set({ text }),
    setSpeaker: speaker => set({ speaker }),
    setLabel: label => set({ label }),
    put,
    replace(text, speaker, label) {
      const { label: target, speaker: present, aside: before, deeper } = store.getState()
      const aside = typed()
      if (aside && aside.text !== text)
        set({ aside, deeper: (before?.text ? [before, ...deeper] : deeper).slice(0, MOST_ASIDE) })
      // Nothing was typed, but what is typed next is for whom it was before.
      else if (label !== undefined && label !== target)
        set({ aside: { speaker: present, text: '', label: target } })
      if (label !== undefined) set({ label })
      put(text, speaker)
    },
    bringBack() {
      const { aside, deeper } = store.getState()
      if (!aside) return false
      const present = typed()
      const [next = null, ...rest] = present ? [...deeper, present] : deeper
      set({ aside: next, deeper: rest, label: aside.label })
      put(aside.text, aside.speaker)
      return true
    },
  }
}
