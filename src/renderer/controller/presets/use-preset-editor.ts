import { type FormEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Failure, Result } from '../api/request.ts'

export interface PresetEditorParts<Item extends { id: string }, Input extends object> {
  /** As the list has it at the moment; null: a new one, or one that is gone. */
  item: Item | null
  /** Its id when the editor opened; null: a new one. */
  id: string | null
  toInput(item: Item | null): Input
  collection: {
    create(input: Input): Promise<Result<Item>>
    change(id: string, input: Input): Promise<Result<Item>>
    remove(id: string): Promise<Result<unknown>>
  }
  /** @returns the input as it is to be stored, or null where something must be mended first. */
  check(input: Input): Input | null
  /** @param id whom to show now; null = nobody. */
  onSaved(id: string): void
  onRemoved(): void
}

export interface PresetEditorModel<Input> {
  input: Input
  set(part: Partial<Input>): void
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
  const { item, id, toInput, collection, check } = parts
  const theirs = toInput(item)
  const [base, setBase] = useState(theirs)
  const [input, setInput] = useState(theirs)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saved, setSaved] = useState(false)
  const [saving, setSaving] = useState(false)

  const same = (a: Input, b: Input) => JSON.stringify(a) === JSON.stringify(b)
  const gone = id !== null && item === null
  const changed = item !== null && !same(theirs, base)
  // What was not touched here follows the other desk; React takes a state set while rendering at once.
  if (changed && !saving && same(input, base)) {
    setBase(theirs)
    setInput(theirs)
  } else if (changed && same(input, theirs)) setBase(theirs)

  return {
    input,
    set(part) {
      setInput(before => ({ ...before, ...part }))
      setSaved(false)
    },
    async save(event) {
      event.preventDefault()
      const form = event.currentTarget
      let ready: Input | null = null
      flushSync(() => {
        ready = check(input)
      })
      if (!ready) {
        // A long form may have scrolled away from the field that must be mended.
        form.querySelector<HTMLElement>('[aria-invalid]')?.focus()
        return
      }
      setSaving(true)
      const answer = id && !gone ? await collection.change(id, ready) : await collection.create(ready)
      setSaving(false)
      setFailure(answer.ok ? null : answer.failure)
      if (!answer.ok) return
      setBase(toInput(answer.value))
      setInput(toInput(answer.value))
      setSaved(true)
      parts.onSaved(answer.value.id)
    },
    async remove() {
      if (!id) return
      const answer = await collection.remove(id)
      // Gone already is as good.
      if (answer.ok || answer.failure.status === 404) parts.onRemoved()
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
