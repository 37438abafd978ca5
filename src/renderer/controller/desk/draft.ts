import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { JsonStorage } from '../lib/storage.ts'

const kept = z.object({ speaker: z.string(), text: z.string(), label: z.string().catch('') })

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
  /**
   * Puts a text in from elsewhere: a phrase, a line of the history.
   * @param caret at the end unless said otherwise
   */
  put(text: string, speaker?: string, caret?: number): void
}

/** What is in the composer. Kept at every key, so that a reload or a crash loses nothing. */
export function createDraft(storage: JsonStorage, room: string): Draft {
  const item = `draft.${room}`
  const store = createStore<DraftState>()(() => {
    const found = storage.read(item, kept) ?? { speaker: '', text: '', label: '' }
    return { ...found, revision: 0, caret: found.text.length }
  })
  function set(part: Partial<DraftState>): void {
    store.setState(part)
    const { speaker, text, label } = store.getState()
    storage.write(item, { speaker, text, label })
  }
  return {
    store,
    setText: text => set({ text }),
    setSpeaker: speaker => set({ speaker }),
    setLabel: label => set({ label }),
    put(text, speaker, caret = text.length) {
      const { revision } = store.getState()
      set({ text, caret, revision: revision + 1, ...(speaker === undefined ? {} : { speaker }) })
    },
  }
}
