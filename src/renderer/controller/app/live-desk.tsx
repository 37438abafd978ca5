import { useTranslation } from 'react-i18next'
import { PlayerControls } from '../features/controls/player-controls.tsx'
import { Lines } from '../features/lines/lines.tsx'
import { Players } from '../features/players/players.tsx'
import { Preview } from '../features/preview/preview.tsx'
import { Queue } from '../features/queue/queue.tsx'
import { Addresses } from '../features/share/addresses.tsx'
import { Welcome } from '../features/share/welcome.tsx'

/** The live section on a wide window: preview and lists in the centre, the open players at the right. */
export function LiveDesk() {
  const { t } = useTranslation()
  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex flex-none flex-col items-center px-4 pt-3">
          <Preview className="aspect-video max-h-[36vh] w-full max-w-[64vh]" />
        </div>
        <div className="flex h-11 flex-none items-center gap-2 px-4">
          <h2 className="min-w-0 flex-1 truncate text-sm">{t('live.lines')}</h2>
          <PlayerControls />
        </div>
        <Welcome />
        <div className="flex min-h-0 flex-1 border-line border-t">
          <div className="flex min-h-0 min-w-0 flex-1 flex-col pt-1">
            <Lines />
          </div>
          <Queue className="w-2/5 max-w-96 flex-none border-line border-l" />
        </div>
      </div>
      <aside className="w-60 flex-none border-line border-l">
        <LivePlayers />
      </aside>
    </div>
  )
}

/** The open players, and the address of one more. */
export function LivePlayers() {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Players className="flex-1" />
      <Addresses />
    </div>
  )
}
