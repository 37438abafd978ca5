import type { Phrase } from '../../../shared/phrase.ts'
import type { Desk } from './desk.ts'
import { focusComposer } from './focus.ts'
import { asTyped } from './message-text.ts'
import { expandPhrase, openVariables } from './phrase-text.ts'

/** Puts a phrase into the composer: what is being typed there is put aside. */
export function insertPhrase({ draft }: Desk, phrase: Phrase, variables: Record<string, string>): void {
  const text = expandPhrase(phrase.text, { variables, now: new Date() })
  draft.replace(asTyped(text), phrase.speaker || undefined)
  focusComposer()
}

/**
 * Sends a phrase, as the one who speaks at the moment where it has no speaker. One with a gap goes to the composer, to be
 * filled in there.
 * @returns whether the outbox has it
 */
export function sayPhrase(desk: Desk, phrase: Phrase, variables: Record<string, string>): boolean {
  if (openVariables(phrase.text, variables).length > 0) {
    insertPhrase(desk, phrase, variables)
    return false
  }
  const { speaker, label } = desk.draft.store.getState()
  return desk.say({
    speaker: phrase.speaker || speaker,
    text: expandPhrase(phrase.text, { variables, now: new Date() }),
    ...(label ? { label } : {}),
  })
}
