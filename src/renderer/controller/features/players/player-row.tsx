import {
  AppWindow,
  Ban,
  Crosshair,
  Eye,
  EyeOff,
  Globe,
  type LucideIcon,
  PictureInPicture2,
  Smartphone,
  Unplug,
  Video,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Place, PlayerInfo } from '../../../../shared/events.ts'
import { formatTarget, parseTarget } from '../../../../shared/target.ts'
import { kick } from '../../api/messages.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { readableText } from '../../desk/message-text.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { aimOf, nextAim } from './aim.ts'

const icons: Record<Place, LucideIcon> = {
  obs: Video,
  overlay: PictureInPicture2,
  browser: Globe,
  phone: Smartphone,
  preview: AppWindow,
}

/** One open player: what it is, what it shows, and how well it is reached. */
export function PlayerRow({ player }: { player: PlayerInfo }) {
  const { t, i18n } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const [problem, setProblem] = useState<string | null>(null)
  const target = useDeskStore(
    d => d.draft.store,
    s => s.label,
  )
  const { report, label, place, address } = player
  const aim = aimOf(parseTarget(target), label)
  const showing = useDeskStore(
    d => d.transcript.store,
    s => s.messages.find(message => message.id === report?.showing),
  )
  const Icon = icons[place]
  const since = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(player.since)
  const where = [(label || player.device) && t(`players.${place}`), report && t(`players.${report.layout}`)]
  const how = [
    report?.roundTrip != null && `${Math.round(report.roundTrip)} ms`,
    t('players.since', { time: since }),
  ]

  async function disconnect(): Promise<void> {
    const answer = await kick(desk.request, desk.roomId, player.id)
    if (!answer.ok) setProblem(say(answer.failure))
  }

  return (
    <li className="group flex items-start gap-2 px-4 py-2 hover:bg-base-200">
      <Icon className="icon mt-0.5 text-quiet" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-1.5">
          <span className="truncate font-medium" title={`${address} ${player.userAgent}`}>
            {label || player.device || t(`players.${place}`)}
          </span>
          {report && !report.visible && (
            <EyeOff className="size-3.5 text-quiet" role="img" aria-label={t('players.notVisible')} />
          )}
          {report?.visible && (
            <Eye className="size-3.5 text-success" role="img" aria-label={t('players.visible')} />
          )}
        </p>
        {[where, how].map(facts => (
          <p key={facts === where ? 'where' : 'how'} className="wrap-anywhere text-quiet text-xs">
            {facts.filter(Boolean).join(' · ')}
          </p>
        ))}
        {report && (
          <p className="truncate text-xs">
            {showing ? (
              readableText(showing.data)
            ) : (
              <span className="text-quiet">{t(`players.${report.state}`)}</span>
            )}
            {report.waiting > 0 && (
              <span className="text-quiet"> · {t('players.waiting', { count: report.waiting })}</span>
            )}
          </p>
        )}
        {problem && (
          <p role="alert" className="text-error text-xs">
            {problem}
          </p>
        )}
      </div>
      <div
        className={`flex flex-none flex-col focus-within:opacity-100 group-hover:opacity-100 ${aim === 'none' ? 'pointer-fine:opacity-0' : ''}`}
      >
        <IconButton icon={Unplug} label={t('players.disconnect')} onClick={() => void disconnect()} />
        <IconButton
          icon={aim === 'except' ? Ban : Crosshair}
          label={label ? t(`players.aim-${aim}`, { label }) : t('players.noLabel')}
          active={aim !== 'none'}
          disabled={!label}
          onClick={() => {
            desk.draft.setLabel(formatTarget(nextAim(parseTarget(target), label)))
            focusComposer()
          }}
        />
      </div>
    </li>
  )
}
