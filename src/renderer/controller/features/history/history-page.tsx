import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clearMessages, readAllMessages } from '../../api/messages.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { dateStamp } from '../../lib/date-stamp.ts'
import { downloadText } from '../../lib/files.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { EventLog } from './event-log.tsx'
import { type ExportFormat, formatMessages } from './export.ts'
import { HistoryList } from './history-list.tsx'
import { StatisticsView } from './statistics-view.tsx'

const TYPES = { json: 'application/json', csv: 'text/csv', text: 'text/plain' }
const ENDINGS = { json: 'json', csv: 'csv', text: 'txt' }

const TABS = ['lines', 'events', 'statistics'] as const
type Tab = (typeof TABS)[number]

/** What was said in the room, what happened at this desk, and what it adds up to. */
export function HistoryPage() {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const unread = useDeskStore(
    d => d.log.store,
    s => s.unread,
  )
  const [tab, setTab] = useState<Tab>('lines')
  const [search, setSearch] = useState('')
  const [problem, setProblem] = useState<Failure | null>(null)
  const [exported, setExported] = useState<number | null>(null)

  async function clear(): Promise<void> {
    const answer = await clearMessages(desk.request, desk.roomId)
    setProblem(answer.ok ? null : answer.failure)
  }
  async function save(format: ExportFormat): Promise<void> {
    if (exported !== null) return
    const answer = await readAllMessages(desk.request, desk.roomId, setExported)
    setExported(null)
    setProblem(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    const name = `${desk.roomId}-${dateStamp(new Date())}.${ENDINGS[format]}`
    downloadText(name, formatMessages(answer.value.reverse(), format), TYPES[format])
  }

  const actions = tab === 'lines' && (
    <>
      <input
        type="search"
        className="input input-sm w-52 max-md:order-last max-md:w-full"
        placeholder={t('common.search')}
        aria-label={t('common.search')}
        value={search}
        onChange={event => setSearch(event.target.value)}
      />
      <div className="dropdown dropdown-end">
        <button
          type="button"
          className="btn btn-sm"
          // Else a press in Safari would not focus it, and the list opens by focus.
          tabIndex={0}
          aria-haspopup="true"
          aria-busy={exported !== null}
          disabled={exported !== null}
        >
          <Download className="icon" aria-hidden="true" />
          {exported === null ? t('history.export') : t('history.exporting', { count: exported })}
        </button>
        <ul className="dropdown-content menu z-10 w-32 rounded-box border border-line bg-base-100 p-1">
          {(['text', 'csv', 'json'] as const).map(format => (
            <li key={format}>
              <button type="button" onClick={() => void save(format)}>
                {format === 'text' ? t('history.text') : format.toUpperCase()}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <TwoStepButton
        label={t('history.clear')}
        question={t('history.clearSure')}
        onConfirm={() => void clear()}
      />
    </>
  )
  return (
    <Page title={t('live.history')} actions={actions}>
      <div className="mb-3 flex">
        <Tabs<Tab>
          label={t('live.history')}
          value={tab}
          options={TABS.map(value => ({
            value,
            label: `${t(`history.${value}`)}${value === 'events' && unread > 0 ? ` (${unread})` : ''}`,
          }))}
          onChange={setTab}
        />
      </div>
      {problem && <Notice tone="error">{say(problem)}</Notice>}
      {tab === 'lines' && <HistoryList search={search.trim()} onProblem={setProblem} />}
      {tab === 'events' && <EventLog />}
      {tab === 'statistics' && <StatisticsView />}
    </Page>
  )
}
