import { ChartColumn, Download } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../shared/message.ts'
import { readAllMessages } from '../../api/messages.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { dateStamp } from '../../lib/date-stamp.ts'
import { downloadText } from '../../lib/files.ts'
import { Empty } from '../../ui/empty.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { addUp, daysAsCsv, type Statistics } from './statistics.ts'

/** Days drawn, and speakers listed. */
const DAYS = 30
const SPEAKERS = 10
/** Names under the bars of one chart. */
const NAMES = 8

/** What the room's lines add up to. Read anew each time it is opened. */
export function StatisticsView() {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const [messages, setMessages] = useState<Message[] | null>(null)
  const [read, setRead] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [attempt, setAttempt] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: at each attempt
  useEffect(() => {
    let wanted = true
    setFailure(null)
    void readAllMessages(desk.request, desk.roomId, count => {
      if (wanted) setRead(count)
      return wanted
    }).then(answer => {
      if (!wanted) return
      if (answer.ok) setMessages(answer.value)
      else setFailure(answer.failure)
    })
    return () => {
      wanted = false
    }
  }, [desk, attempt])

  const sums = useMemo(() => messages && addUp(messages, dayOf), [messages])
  if (failure)
    return (
      <Notice
        tone="error"
        action={
          <button type="button" className="btn btn-sm" onClick={() => setAttempt(attempt + 1)}>
            {t('common.retry')}
          </button>
        }
      >
        {say(failure)}
      </Notice>
    )
  if (!sums)
    return (
      <div className="flex flex-col gap-2">
        <p role="status">{t('history.exporting', { count: read })}</p>
        <progress className="progress progress-primary h-1 w-full max-w-sm" aria-label={t('common.busy')} />
      </div>
    )
  if (sums.lines === 0) return <Empty icon={ChartColumn}>{t('history.empty')}</Empty>
  return <Sums sums={sums} room={desk.roomId} />
}

function dayOf(time: number) {
  const date = new Date(time)
  return { day: dateStamp(date), hour: date.getHours() }
}

function Sums({ sums, room }: { sums: Statistics; room: string }) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short' })
  const facts = [
    [t('history.statLines'), number.format(sums.lines)],
    [t('history.statCharacters'), number.format(sums.characters)],
    [t('history.statAverage'), number.format(sums.average)],
    [t('history.statDays'), number.format(sums.days.length)],
    [t('history.statSince'), sums.first === null ? '' : date.format(sums.first)],
  ] as const
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-4">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-quiet text-xs">{name}</dt>
            <dd className="font-semibold text-lg tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <Part title={t('history.statByDay')}>
        <Bars
          bars={sums.days.slice(-DAYS).map(({ day, lines }) => ({
            name: day.slice(5),
            value: lines,
            words: `${day}: ${t('history.statLineCount', { count: lines })}`,
          }))}
        />
        <button
          type="button"
          className="btn btn-sm self-start"
          onClick={() => downloadText(`${room}-${dateStamp(new Date())}.csv`, daysAsCsv(sums), 'text/csv')}
        >
          <Download className="icon" aria-hidden="true" />
          CSV
        </button>
      </Part>
      <Part title={t('history.statByHour')}>
        <Bars
          bars={sums.hours.map((lines, hour) => ({
            name: hour % 6 === 0 ? String(hour) : '',
            value: lines,
            words: `${hour}:00: ${t('history.statLineCount', { count: lines })}`,
          }))}
        />
      </Part>
      <Part title={t('history.statBySpeaker')}>
        <table className="w-full text-sm">
          <thead>
            <tr className="text-quiet text-xs">
              <th scope="col">
                <span className="sr-only">{t('live.speaker')}</span>
              </th>
              <th scope="col" className="pl-3 text-right font-normal">
                {t('history.statLines')}
              </th>
              <th scope="col" className="pl-3 text-right font-normal">
                {t('history.statCharacters')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sums.speakers.slice(0, SPEAKERS).map(({ name, lines, characters }) => (
              <tr key={name} className="border-line border-b last:border-0">
                <th scope="row" className="w-full max-w-0 truncate py-1 text-left font-medium">
                  {name || t('history.statNobody')}
                </th>
                <td className="py-1 pl-3 text-right tabular-nums">{number.format(lines)}</td>
                <td className="py-1 pl-3 text-right text-quiet tabular-nums">{number.format(characters)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Part>
      {sums.longest && (
        <Part title={t('history.statLongest')}>
          <p className="wrap-anywhere line-clamp-4 text-sm">
            {sums.longest.speaker && <bdi className="mr-2 font-semibold">{sums.longest.speaker}</bdi>}
            {sums.longest.text}
          </p>
        </Part>
      )}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-sm">{title}</h2>
      {children}
    </section>
  )
}

function Bars({ bars }: { bars: { name: string; value: number; words: string }[] }) {
  const highest = Math.max(1, ...bars.map(bar => bar.value))
  // A name is wider than its bar: only so many are written that none meets the next.
  const step = Math.ceil(bars.length / NAMES)
  return (
    <ol className="flex h-24 items-end gap-px">
      {bars.map((bar, index) => (
        <li
          key={bar.words}
          title={bar.words}
          className="flex h-full min-w-0 max-w-10 flex-1 flex-col justify-end"
        >
          <span className="sr-only">{bar.words}</span>
          <span
            aria-hidden="true"
            className="min-h-px rounded-t-sm bg-primary/70"
            style={{ height: `${(bar.value / highest) * 80}%` }}
          />
          <span aria-hidden="true" className="h-4 whitespace-nowrap text-quiet text-[0.625rem]">
            {index % step === 0 && bar.name}
          </span>
        </li>
      ))}
    </ol>
  )
}
