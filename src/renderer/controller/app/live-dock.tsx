import { PlayerControls } from '../features/controls/player-controls.tsx'
import { Lines } from '../features/lines/lines.tsx'
import { Queue } from '../features/queue/queue.tsx'
import { Welcome } from '../features/share/welcome.tsx'

/** The live section in OBS's dock: the last lines, those that are held, and the most needed buttons. */
export function LiveDock() {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 flex-none items-center border-line border-b px-1">
        <PlayerControls compact />
      </div>
      <Welcome compact />
      <Lines last={12} />
      <Queue hideEmpty className="max-h-2/5 flex-none border-line border-t" />
    </div>
  )
}
