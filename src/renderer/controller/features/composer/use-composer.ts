import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore, usePreferences } from '../../desk/context.ts'
import { expandPhrase, findPhrase } from '../../desk/phrase-text.ts'
import { useUndoLast } from '../../desk/use-undo-last.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { type Command, parseCommand } from './commands.ts'
import { excessBytes, toLines } from './composition.ts'

export interface ComposerModel {
  /** Sends what is typed, or obeys its slash command. */
  send(): void
  /** Puts it into the queue instead. */
  hold(): void
  /** How many messages the text makes. */
  count: number
  /** Bytes by which one of them is too long. */
  excess: number
  /** What stands in the way, in words; null when nothing does. */
  problem: string | null
  helpOpen: boolean
  closeHelp(): void
  typed(): void
}

/** What the composer does with its text. The text is given up only once something else has taken it. */
export function useComposer(): ComposerModel {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const undoLast = useUndoLast()
  const [{ lineEach, variables }] = usePreferences()
  const text = useDeskStore(
    d => d.draft.store,
    s => s.text,
  )
  const [problem, setProblem] = useState<string | null>(null)
  const [helpOpen, setHelpOpen] = useState(false)
  const lines = text.startsWith('/') && !text.startsWith('//') ? [] : toLines(text, lineEach)
  const excess = excessBytes(lines)

  function utterances(body: string) {
    const { speaker, label } = desk.draft.store.getState()
    return toLines(body, lineEach).map(line => ({
      speaker: speaker.trim(),
      text: line,
      ...(label ? { label } : {}),
    }))
  }

  function sayAll(body: string): void {
    const all = utterances(body)
    if (excessBytes(all.map(line => line.text)) > 0) return
    for (const [index, line] of all.entries()) {
      if (desk.say(line)) continue
      desk.draft.put(
        all
          .slice(index)
          .map(rest => rest.text)
          .join('\n'),
      )
      setProblem(t('live.outboxFull'))
      return
    }
    if (all.length > 0) desk.draft.put('')
  }

  async function order(action: Extract<Command, { type: 'control' }>['action']): Promise<void> {
    desk.draft.put('')
    const answer = await desk.control(action)
    if (!answer.ok) setProblem(say(answer.failure))
  }

  function obey(command: Command): void {
    setProblem(null)
    if (command.type === 'say') sayAll(command.text)
    else if (command.type === 'control') void order(command.action)
    else if (command.type === 'hold') holdAll(command.text)
    else if (command.type === 'unknown') setProblem(t('live.unknownCommand', { name: `/${command.name}` }))
    else if (command.type === 'phrase') insertPhrase(command.query)
    else {
      desk.draft.put('')
      if (command.type === 'undo') void undoLast()
      else if (command.type === 'speaker') desk.draft.setSpeaker(command.name)
      else setHelpOpen(true)
    }
  }

  function insertPhrase(query: string): void {
    const { items } = desk.phrases.store.getState()
    const [first = '', ...words] = query.split(/\s+/)
    const whole = findPhrase(items, query)
    // What follows the name fills in {1}, {2} …
    const phrase = whole ?? findPhrase(items, first)
    const positional = whole ? [] : words
    if (!phrase) {
      setProblem(t('live.noSuchPhrase', { name: query }))
      return
    }
    desk.draft.put(
      expandPhrase(phrase.text, { variables, now: new Date(), positional }),
      phrase.speaker || undefined,
    )
  }

  function holdAll(body: string): void {
    const all = utterances(body)
    if (all.length === 0) return
    desk.held.add(all)
    desk.draft.put('')
  }

  return {
    send: () => obey(parseCommand(desk.draft.store.getState().text)),
    hold: () => holdAll(desk.draft.store.getState().text),
    count: lines.length,
    excess,
    problem: excess > 0 ? t('live.tooLong', { over: excess.toLocaleString() }) : problem,
    helpOpen,
    closeHelp: () => setHelpOpen(false),
    typed: () => setProblem(null),
  }
}
