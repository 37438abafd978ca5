import { type FormEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Failure, Result } from '../api/request.ts'
import { useOnce } from '../lib/use-once.ts'

export interface PresetEditorParts<Item extends { id: string }, Input extends object> {
  /** The list as it is at the moment. */
  items: readonly Item[]
  /** Whom the editor was opened for; null: a new one. */
  id: string | null
  toInput(item: Item | null): Input
  collection: {
    create(input: Input): Promise<Result<Item>>
    change(id: string, input: Input): Promise<Result<Item>>
    remove(id: string): Promise<Result<unknown>>
  }
  /**
   * @param id of the item that is edited; null while it is a new one
   * @returns the input as it is to be stored, or null where something must be mended first.
   */
  check(input: Input, id: string | null): Input | null
  /** @param id whom to show now; null = nobody. */
  onSaved(id: string): void
  onRemoved(): void
}

export interface PresetEditorModel<Input> {
  /** Of the item; null while it is a new one. */
  id: string | null
  input: Input
  /** @param part what changes; a function where it builds upon what stands there when it is applied */
  set(part: Partial<Input> | ((before: Input) => Partial<Input>)): void
  save(event: FormEvent<HTMLFormElement>): Promise<void>
  remove(): Promise<void>
  /** Nothing has been changed since it was saved. */
  saved: boolean
  saving: boolean
  failure: Failure | null
  /** What somebody else did to it while it was open here with changes of one's own. */
  meanwhile: 'changed' | 'deleted' | null
  takeTheirs(): void
}

/**
 * Edits one item of a list as a whole. What is typed stays when the server refuses it, and when another desk changes
 * or deletes the item: then it is said, and the user decides.
 */
export function usePresetEditor<Item extends { id: string }, Input extends object>(
  parts: PresetEditorParts<Item, Input>,
): PresetEditorModel<Input> {
  const { items, toInput, collection, check } = parts
  /** A new one that is stored by now, while what was typed since is not. */
  const [made, setMade] = useState<string | null>(null)
  const id = parts.id ?? made
  const item = items.find(one => one.id === id) ?? null
  const theirs = toInput(item)
  const [base, setBase] = useState(theirs)
  const [input, setInput] = useState(theirs)
  const latest = useRef(input)
  latest.current = input
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saved, setSaved] = useState(false)
  const [saving, once] = useOnce()

  const same = (a: Input, b: Input) => JSON.stringify(a) === JSON.stringify(b)
  const gone = id !== null && item === null
  const changed = item !== null && !same(theirs, base)
  // What was not touched here follows the other desk; React takes a state set while rendering at once.
  if (changed && !saving && same(input, base)) {
    setBase(theirs)
    setInput(theirs)
  } else if (changed && same(input, theirs)) setBase(theirs)

  async function send(ready: Input): Promise<void> {
    const answer = id && !gone ? await collection.change(id, ready) : await collection.create(ready)
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    const stored = toInput(answer.value)
    // What was typed while it was on its way is not saved yet, and not lost.
    const isAsSent = same(latest.current, input)
    setBase(stored)
    setSaved(isAsSent)
    if (!isAsSent) {
      setMade(answer.value.id)
      return
    }
    setInput(stored)
    parts.onSaved(answer.value.id)
  }

  return {
    id,
    input,
    set(part) {
      setInput(before => ({ ...before, ...(typeof part === 'function' ? part(before) : part) }))
      setSaved(false)
    },
    async save(event) {
      event.preventDefault()
      const form = event.currentTarget
      let ready: Input | null = null
      flushSync(() => {
        ready = check(input, id)
      })
      if (!ready) {
        // A long form may have scrolled away from the field that must be mended.
        form.querySelector<HTMLElement>('[aria-invalid]')?.focus()
        return
      }
      await once(() => send(ready!))
    },
    async remove() {
      if (!id) return
      const answer = await collection.remove(id)
      if (answer.ok) parts.onRemoved()
      else setFailure(answer.failure)
    },
    saved,
    saving,
    failure,
    meanwhile: gone ? 'deleted' : changed && !saving && !same(input, base) ? 'changed' : null,
    takeTheirs() {
      setBase(theirs)
      setInput(theirs)
    },
  }
}
