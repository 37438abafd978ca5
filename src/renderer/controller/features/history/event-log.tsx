import {
  CircleAlert,
  CloudOff,
  Eye,
  EyeOff,
  type LucideIcon,
  MessageSquare,
  Monitor,
  MonitorOff,
  Plug,
  ScrollText,
  Settings2,
  SlidersHorizontal,
  Undo2,
  Users,
} from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import type { Happening, LogEntry } from '../../desk/log.ts'
import { Empty } from '../../ui/empty.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { usePlayerWords } from '../../ui/use-player-words.ts'
import { useProblemWords } from '../../ui/use-problem-words.ts'

const icons: Record<Happening['type'], LucideIcon> = {
  connected: Plug,
  lost: CloudOff,
  'player-came': Monitor,
  'player-went': MonitorOff,
  'player-hidden': EyeOff,
  'player-seen': Eye,
  'player-problem': CircleAlert,
  line: MessageSquare,
  'line-elsewhere': MessageSquare,
  'taken-back': Undo2,
  emptied: Undo2,
  refused: CircleAlert,
  order: SlidersHorizontal,
  settings: Settings2,
  controllers: Users,
}
const tones: Partial<Record<Happening['type'], string>> = {
  lost: 'text-warning-content',
  refused: 'text-error',
  'player-problem': 'text-error',
}

/** Distance from the end within which the list follows, px. */
const FOLLOW = 40

/** What has happened at this desk, newest last. Follows unless the reader has scrolled up. */
export function EventLog() {
  const { t, i18n } = useTranslation()
  const clock = useMemo(
    () => new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' }),
    [i18n.language],
  )
  const desk = useDesk()
  const { entries, unread } = useDeskStore(
    d => d.log.store,
    s => s,
  )
  const end = useRef<HTMLLIElement>(null)
  const following = useRef(true)
  useEffect(() => {
    if (unread > 0) desk.log.read()
  }, [desk, unread])
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each entry
  useEffect(() => {
    const area = end.current?.closest('[data-page]')
    if (area && following.current) area.scrollTop = area.scrollHeight
  }, [entries])
  useEffect(() => {
    const area = end.current?.closest('[data-page]')
    const onScroll = () => {
      if (area) following.current = area.scrollHeight - area.scrollTop - area.clientHeight < FOLLOW
    }
    area?.addEventListener('scroll', onScroll)
    return () => area?.removeEventListener('scroll', onScroll)
  }, [])

  if (entries.length === 0) return <Empty icon={ScrollText}>{t('history.noEvents')}</Empty>
  return (
    <ol aria-label={t('history.events')} className="flex flex-col">
      {entries.map(entry => (
        <Entry key={entry.id} entry={entry} clock={clock} />
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  )
}

function Entry({ entry: { time, what }, clock }: { entry: LogEntry; clock: Intl.DateTimeFormat }) {
  const Icon = icons[what.type]
  return (
    <li className={`flex items-start gap-3 border-line border-b py-1.5 text-sm ${tones[what.type] ?? ''}`}>
      <time
        className="flex-none pt-px text-quiet text-xs tabular-nums"
        dateTime={new Date(time).toISOString()}
      >
        {clock.format(time)}
      </time>
      <Icon className="mt-0.5 size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
      <p className="wrap-anywhere line-clamp-3 min-w-0 flex-1">
        <Words what={what} />
      </p>
    </li>
  )
}

function Words({ what }: { what: Happening }) {
  const { t } = useTranslation()
  const say = useFailureWords()
  const call = usePlayerWords()
  const sayProblem = useProblemWords()
  if (what.type === 'line' || what.type === 'line-elsewhere')
    return (
      <>
        <span className="mr-2 text-quiet">{t(`history.event-${what.type}`)}</span>
        {what.speaker && <bdi className="mr-2 font-semibold">{what.speaker}</bdi>}
        {what.text}
      </>
    )
  if (what.type === 'refused')
    return (
      <>
        {t('history.event-refused', { text: what.text })} {say(what.failure)}
      </>
    )
  if (what.type === 'player-problem')
    return t('history.event-player-problem', { name: call(what.name), text: sayProblem(what.problem) })
  if (what.type === 'order') return t('history.event-order', { action: t(`compose.help-${what.action}`) })
  const { type, ...values } = what
  const named = 'name' in values ? { ...values, name: call(values.name) } : values
  return t(`history.event-${type}`, named)
}
