import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { excessBytes } from '../../desk/composition.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { HELD_LIMIT } from '../../desk/held.ts'
import { parseScreenplay, type ScriptLine } from '../../desk/screenplay.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'

/** A line as a screenplay has it: what goes on with it is indented. */
function asWritten({ speaker, text }: ScriptLine): string {
  const body = text.replaceAll('\n', '\n  ')
  return speaker ? `${speaker}: ${body}` : body
}

/** Lines of the preview; a script of a thousand lines need not be drawn whole. */
const SHOWN = 100

/** A pasted screenplay becomes a queue. What was understood is shown before anything happens. */
export function ScriptForm() {
  const { t } = useTranslation()
  const desk = useDesk()
  const source = useDeskStore(
    d => d.script,
    s => s.source,
  )
  const setSource = (text: string) => desk.script.setState({ source: text })
  /** How many lines went into the queue; null: it was not asked for since something was typed. */
  const [queued, setQueued] = useState<number | null>(null)
  const lines = useMemo(() => parseScreenplay(source, desk.draft.store.getState().speaker), [source, desk])

  // One that is too long would be refused when its turn comes.
  const excess = useMemo(() => excessBytes(lines.map(({ text }) => text)), [lines])

  function queue(play: boolean): void {
    const room = HELD_LIMIT - desk.held.store.getState().lines.length
    desk.held.add(lines.slice(0, room))
    if (play) desk.held.setPlaying(true)
    setQueued(Math.min(room, lines.length))
    const rest = lines.slice(room)
    setSource(rest.map(asWritten).join('\n'))
  }

  return (
    <div className="grid items-start gap-6 md:grid-cols-2">
      <div className="flex flex-col gap-3">
        <Field
          label={t('phrases.paste')}
          hint={t('phrases.pasteHint')}
          error={excess > 0 ? t('live.tooLong', { over: excess.toLocaleString() }) : null}
        >
          {control => (
            <textarea
              {...control}
              className="textarea h-64 w-full"
              placeholder={t('phrases.placeholder')}
              value={source}
              onChange={event => {
                setSource(event.target.value)
                setQueued(null)
              }}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className="btn btn-primary btn-sm"
            disabled={lines.length === 0 || excess > 0}
            onClick={() => queue(false)}
          >
            {t('phrases.toQueue')}
          </button>
          <button
            type="button"
            className="btn btn-sm"
            disabled={lines.length === 0 || excess > 0}
            onClick={() => queue(true)}
          >
            {t('phrases.playNow')}
          </button>
        </div>
        {queued !== null && queued > 0 && <Notice>{t('phrases.queued', { count: queued })}</Notice>}
        {queued !== null && lines.length > 0 && <Notice tone="warning">{t('phrases.tooMany')}</Notice>}
      </div>
      {lines.length > 0 && (
        <div>
          <p className="mb-1 font-medium text-sm">{t('phrases.lines', { count: lines.length })}</p>
          <ol className="flex flex-col gap-1">
            {lines.slice(0, SHOWN).map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text have no other name
              <li key={index} className="wrap-anywhere">
                {line.speaker && <bdi className="mr-2 font-semibold">{line.speaker}</bdi>}
                <span className="whitespace-pre-line">{line.text}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}
