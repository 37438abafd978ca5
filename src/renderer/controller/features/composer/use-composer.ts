import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageData } from '../../../../shared/message.ts'
import { excessBytes, toLines } from '../../desk/composition.ts'
import { useDesk, useDeskStore, usePreferences } from '../../desk/context.ts'
import { HELD_LIMIT } from '../../desk/held.ts'
import { asTyped } from '../../desk/message-text.ts'
import { expandPhrase, findPhrase } from '../../desk/phrase-text.ts'
import { useUndoLast } from '../../desk/use-undo-last.ts'
import { vibrate } from '../../lib/vibrate.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { type Command, parseCommand } from './commands.ts'
import { dressLine, fillTemplate } from './dress.ts'

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
  /** The line that the JSON view shows: as it would be sent. */
  dressed: string
  /** Sends a message that was made by hand. @returns false when the outbox is full. */
  publish(data: MessageData): boolean
  /** What is typed was sent otherwise: the composer is ready for the next line. */
  begin(): void
  helpOpen: boolean
  closeHelp(): void
  /** @param text what stands there now */
  typed(text: string): void
}

/** What the composer does with its text. The text is given up only once something else has taken it. */
export function useComposer(): ComposerModel {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const undoLast = useUndoLast()
  const [preferences] = usePreferences()
  const { lineEach, variables, template } = preferences
  const text = useDeskStore(
    d => d.draft.store,
    s => s.text,
  )
  const [problem, setProblem] = useState<string | null>(null)
  const [helpOpen, setHelpOpen] = useState(false)
  const typed = parseCommand(text)
  const lines = typed.type === 'say' ? linesOf(typed.text) : []
  const excess = excessBytes(lines.map(line => dressLine(line, preferences)))

  /** What is typed, in messages. The template by itself is nothing. */
  function linesOf(body: string): string[] {
    return body === fillTemplate(template).text ? [] : toLines(body, lineEach)
  }

  function utterance(line: string) {
    const { speaker, label } = desk.draft.store.getState()
    return {
      speaker: speaker.trim(),
      text: dressLine(line, preferences),
      ...(label ? { label } : {}),
    }
  }

  /** The composer is ready for the next line: for what another had taken the place of, or for a new one. */
  function begin(): void {
    desk.draft.put('')
    if (desk.draft.bringBack() && desk.draft.store.getState().text !== '') return
    const { text: start, caret } = fillTemplate(template)
    desk.draft.put(start, undefined, caret)
  }

  function sayAll(body: string): void {
    const all = linesOf(body)
    if (all.length === 0 || excessBytes(all.map(line => dressLine(line, preferences))) > 0) return
    if (preferences.vibrate) vibrate()
    for (const [index, line] of all.entries()) {
      if (desk.say(utterance(line))) continue
      desk.draft.put(asTyped(all.slice(index).join('\n')))
      // Said here, beside the text that stays.
      desk.trouble.setState({ trouble: null })
      setProblem(t('live.outboxFull'))
      return
    }
    begin()
  }

  async function order(action: Extract<Command, { type: 'control' }>['action']): Promise<void> {
    desk.draft.put('')
    const answer = await desk.control(action)
    if (!answer.ok) setProblem(say(answer.failure))
  }

  function obey(command: Command): void {
    setProblem(null)
    setHelpOpen(false)
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
      asTyped(expandPhrase(phrase.text, { variables, now: new Date(), positional })),
      phrase.speaker || undefined,
    )
  }

  function holdAll(body: string): void {
    const all = linesOf(body)
    if (all.length === 0 || excessBytes(all.map(line => dressLine(line, preferences))) > 0) return
    const room = HELD_LIMIT - desk.held.store.getState().lines.length
    desk.held.add(all.slice(0, room).map(utterance))
    if (all.length <= room) begin()
    else {
      desk.draft.put(asTyped(all.slice(room).join('\n')))
      setProblem(t('phrases.tooMany'))
    }
  }

  return {
    send: () => obey(parseCommand(desk.draft.store.getState().text)),
    hold() {
      const command = parseCommand(desk.draft.store.getState().text)
      setProblem(null)
      // An order is not a line: it is obeyed as it stands.
      if (command.type === 'say') holdAll(command.text)
      else obey(command)
    },
    count: lines.length,
    excess,
    problem: excess > 0 ? t('live.tooLong', { over: excess.toLocaleString() }) : problem,
    dressed: lines.map(line => dressLine(line, preferences)).join('\n'),
    publish(data) {
      const { speaker, label } = desk.draft.store.getState()
      return desk.publish({ speaker: speaker.trim(), data, ...(label ? { label } : {}) })
    },
    begin,
    helpOpen,
    closeHelp: () => setHelpOpen(false),
    typed(now) {
      setProblem(null)
      // What can be asked for is listed with the slash, and until a line is typed instead.
      if (now === '/') setHelpOpen(true)
      else if (!now.startsWith('/')) setHelpOpen(false)
    },
  }
}
