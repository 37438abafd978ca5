import { TextQuote } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDeskStore } from '../../desk/context.ts'
import { Empty } from '../../ui/empty.tsx'
import { ListSkeleton } from '../../ui/list-skeleton.tsx'
import { PhraseRow } from './phrase-row.tsx'

interface PhraseListProps {
  edited: string | null
  onEdit(id: string): void
}

/** Search, folders, and one click to send. */
export function PhraseList({ edited, onEdit }: PhraseListProps) {
  const { t } = useTranslation()
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
            className="select select-sm w-40 max-dock:w-32 max-dock:text-xs"
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
        {shown.map(phrase => (
          <PhraseRow
            key={phrase.id}
            phrase={phrase}
            edited={phrase.id === edited}
            onEdit={() => onEdit(phrase.id)}
          />
        ))}
      </ul>
    </div>
  )
}
