import { ChevronRight, Eraser, Eye, EyeOff, FastForward, Pause, Play, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ControlAction } from '../../../../shared/events.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { useUndoLast } from '../../desk/use-undo-last.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** What can be told to the players: on, faster, away. */
export function PlayerControls({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const undoLast = useUndoLast()
  const { visible, paused } = useDeskStore(
    d => d.players.store,
    s => s,
  )
  const order = (action: ControlAction) => () => void desk.attempt(desk.control(action))
  return (
    <div role="toolbar" aria-label={t('live.playerControls')} className="flex items-center gap-0.5">
      <button
        type="button"
        className="btn btn-sm gap-1 pr-2"
        onMouseDown={event => event.preventDefault()}
        onClick={order('next')}
      >
        {t('live.next')}
        <ChevronRight className="icon" aria-hidden="true" />
      </button>
      <IconButton icon={FastForward} label={t('live.skip')} onClick={order('skip')} />
      <IconButton icon={Eraser} label={t('live.clearHint')} onClick={order('clear')} />
      <IconButton
        icon={visible ? EyeOff : Eye}
        label={visible ? t('live.hide') : t('live.show')}
        active={!visible}
        onClick={order(visible ? 'hide' : 'show')}
      />
      {!compact && (
        <IconButton
          icon={paused ? Play : Pause}
          label={paused ? t('live.resume') : t('live.pause')}
          active={paused}
          onClick={order(paused ? 'resume' : 'pause')}
        />
      )}
      <IconButton
        icon={Undo2}
        label={t('live.takeBackLast')}
        title={`${t('live.takeBackLast')} (Ctrl+Z)`}
        onClick={() => void undoLast()}
      />
    </div>
  )
}
