import { CornerDownLeft, Pencil, SendHorizontal, TextQuote } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore, usePreferences } from '../../desk/context.ts'
import { insertPhrase, sayPhrase } from '../../desk/say-phrase.ts'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ListSkeleton } from '../../ui/list-skeleton.tsx'

interface PhraseListProps {
  edited: string | null
  onEdit(id: string): void
}

/** Search, folders, and one click to send. */
export function PhraseList({ edited, onEdit }: PhraseListProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const [{ variables }] = usePreferences()
  const { items, loaded, problem } = useDeskStore(
    d => d.phrases.store,
    s => s,
  )
  const [search, setSearch] = useState('')
  const [chosen, setFolder] = useState('')
  const folders = [...new Set(items.map(item => item.folder))].filter(name => name !== '').sort()
  // One that holds nothing any more is not there to be left.
  const folder = folders.includes(chosen) ? chosen : ''
  const wanted = search.trim().toLowerCase()
  const shown = items.filter(
    item =>
      (folder === '' || item.folder === folder) &&
      `${item.title}\n${item.text}\n${item.speaker}`.toLowerCase().includes(wanted),
  )

  if (!loaded) return problem ? null : <ListSkeleton />
  if (items.length === 0) return <Empty icon={TextQuote}>{t('phrases.empty')}</Empty>
  return (
    <div className="min-w-0">
      <div className="mb-2 flex gap-2">
        <input
          type="search"
          className="input input-sm min-w-0 flex-1"
          placeholder={t('common.search')}
          aria-label={t('common.search')}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        {folders.length > 0 && (
          <select
            className="select select-sm w-40 max-dock:w-28"
            aria-label={t('phrases.folder')}
            value={folder}
            onChange={event => setFolder(event.target.value)}
          >
            <option value="">{t('phrases.all')}</option>
            {folders.map(name => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </div>
      {shown.length === 0 && <p className="px-2 text-quiet">{t('phrases.noMatch')}</p>}
      <ul className="flex flex-col gap-0.5">
        {shown.map(phrase => {
          const name = phrase.title || phrase.text
          return (
            <li
              key={phrase.id}
              className={`flex items-center gap-1 rounded-field pl-2 hover:bg-base-200 ${phrase.id === edited ? 'bg-primary/10' : ''}`}
            >
              <button
                type="button"
                className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-left"
                onClick={() => sayPhrase(desk, phrase, variables)}
              >
                <SendHorizontal
                  className="size-4 flex-none text-quiet"
                  strokeWidth={1.75}
                  aria-hidden="true"
                />
                <span className="sr-only">{t('live.send')}</span>
                {phrase.speaker && (
                  <bdi className="max-w-2/5 flex-none truncate font-semibold">{phrase.speaker}</bdi>
                )}
                <span className="min-w-0 flex-1 truncate" title={phrase.text}>
                  {name}
                </span>
                {phrase.hotkey && (
                  <kbd className="max-w-1/4 flex-none truncate text-quiet text-xs max-dock:hidden">
                    {phrase.hotkey}
                  </kbd>
                )}
              </button>
              <IconButton
                icon={CornerDownLeft}
                label={`${t('phrases.insert')}: ${name}`}
                onClick={() => insertPhrase(desk, phrase, variables)}
              />
              <IconButton
                icon={Pencil}
                label={`${t('common.edit')}: ${name}`}
                onClick={() => onEdit(phrase.id)}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
