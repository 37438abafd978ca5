import { Check, Clock, CornerDownLeft, Pencil, SendHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phrase } from '../../../../shared/phrase.ts'
import { useDesk, usePreferences } from '../../desk/context.ts'
import { insertPhrase, sayPhrase } from '../../desk/say-phrase.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** Milliseconds for which a row says that its phrase went out: the list of lines is on another page. */
const SAID_FOR = 2_000

interface PhraseRowProps {
  phrase: Phrase
  edited: boolean
  onEdit(): void
}

/** One phrase: sent by a press, put into the composer, edited. */
export function PhraseRow({ phrase, edited, onEdit }: PhraseRowProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const [{ variables }] = usePreferences()
  const [said, setSaid] = useState<{ state: 'sent' | 'waiting' } | null>(null)
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(null), SAID_FOR)
    return () => clearTimeout(timer)
  }, [said])

  const name = phrase.title || phrase.text
  const Icon = said ? (said.state === 'sent' ? Check : Clock) : SendHorizontal
  return (
    <li
      className={`flex items-center gap-1 rounded-field pl-2 hover:bg-base-200 ${edited ? 'bg-primary/10' : ''}`}
    >
      <button
        type="button"
        className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-left"
        onClick={() => {
          const { state } = desk.connection.getState()
          if (sayPhrase(desk, phrase, variables)) setSaid({ state: state === 'open' ? 'sent' : 'waiting' })
        }}
      >
        <Icon
          className={`size-4 flex-none ${said ? 'text-primary' : 'text-quiet'}`}
          strokeWidth={1.75}
          aria-hidden="true"
        />
        <span className="sr-only">{t('live.send')}</span>
        {phrase.speaker && <bdi className="max-w-2/5 flex-none truncate font-semibold">{phrase.speaker}</bdi>}
        <span className="min-w-0 flex-1 truncate" title={phrase.text}>
          {name}
        </span>
        {phrase.hotkey && (
          <kbd className="max-w-1/4 flex-none truncate text-quiet text-xs max-dock:hidden">
            {phrase.hotkey}
          </kbd>
        )}
      </button>
      <span role="status" className="sr-only">
        {said && t(`live.${said.state}`)}
      </span>
      <IconButton
        icon={CornerDownLeft}
        label={`${t('phrases.insert')}: ${name}`}
        onClick={() => insertPhrase(desk, phrase, variables)}
      />
      <IconButton icon={Pencil} label={`${t('common.edit')}: ${name}`} onClick={onEdit} />
    </li>
  )
}
