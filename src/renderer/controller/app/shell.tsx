import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { Composer } from '../features/composer/composer.tsx'
import { ConnectionBar } from '../features/connection/connection-bar.tsx'
import { ConnectionDot } from '../features/connection/connection-dot.tsx'
import { TroubleBar } from '../features/connection/trouble-bar.tsx'
import { DesktopNotices } from '../features/desktop/notices.tsx'
import { PlayersButton } from '../features/players/players-button.tsx'
import { useAutoplay } from '../features/queue/use-autoplay.ts'
import { RoomPicker } from '../features/rooms/room-picker.tsx'
import { ExpiredSignIn } from '../features/session/expired-bar.tsx'
import { useViewport } from '../lib/use-viewport.ts'
import { KeepTheRest } from './broken.tsx'
import { LiveDesk, LivePlayers } from './live-desk.tsx'
import { LiveDock } from './live-dock.tsx'
import { LivePhone } from './live-phone.tsx'
import type { AppLocation } from './location.ts'
import { Navigation } from './navigation.tsx'
import type { Section } from './sections.ts'
import { useDeskKeys } from './use-desk-keys.ts'
import { useDesktop } from './use-desktop.ts'

/** The desk's frame: bar, section, composer. The composer is the same element in every section. */
export function Shell({
  location,
  renderSection,
}: {
  location: AppLocation
  renderSection(section: Exclude<Section, 'live'>): ReactNode
}) {
  const { section, room } = useStore(location.store)
  const viewport = useViewport()
  const [playersOpen, setPlayersOpen] = useState(false)
  useAutoplay()
  useDeskKeys()
  useDesktop(location)

  const wide = viewport === 'desk'
  const live = wide ? <LiveDesk /> : viewport === 'phone' ? <LivePhone /> : <LiveDock />
  return (
    <div className="flex h-full flex-col">
      <ConnectionBar />
      <TroubleBar />
      <DesktopNotices />
      <div className="flex min-h-0 flex-1">
        {wide && (
          <div className="flex w-20 flex-none flex-col border-line border-r bg-base-200">
            <Navigation section={section} room={room} bar="left" onGo={to => location.go({ section: to })} />
          </div>
        )}
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
          <header className="flex h-10 flex-none items-center gap-1 border-line border-b bg-base-100 pr-1 pl-2">
            <RoomPicker
              room={room}
              onPick={picked => location.go({ room: picked })}
              onMissing={another => location.go({ room: another }, 'replace')}
            />
            <span className="flex-1" />
            {!wide && <PlayersButton open={playersOpen} onToggle={() => setPlayersOpen(!playersOpen)} />}
            <ConnectionDot />
          </header>
          <main className="min-h-0 flex-1 bg-base-100">
            <KeepTheRest of={section}>
              {!wide && playersOpen ? <LivePlayers /> : section === 'live' ? live : renderSection(section)}
            </KeepTheRest>
          </main>
          <Composer viewport={viewport} />
        </div>
      </div>
      {!wide && (
        <Navigation
          section={section}
          room={room}
          bar="bottom"
          bare={viewport === 'dock'}
          onGo={to => {
            setPlayersOpen(false)
            location.go({ section: to })
          }}
        />
      )}
      <ExpiredSignIn />
    </div>
  )
}
