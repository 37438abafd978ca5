import { PlayerControls } from '../features/controls/player-controls.tsx'
import { Lines } from '../features/lines/lines.tsx'

/** The live section in OBS's dock: the last lines and the most needed buttons. */
export function LiveDock() {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 flex-none items-center border-line border-b px-1">
        <PlayerControls compact />
      </div>
      <Lines last={12} />
    </div>
  )
}
