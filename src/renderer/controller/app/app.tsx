import { type ReactNode, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { DeskProvider, useSession } from '../desk/context.ts'
import { type Desk, openDesk } from '../desk/desk.ts'
import { SessionGate } from '../features/session/session-gate.tsx'
import type { JsonStorage } from '../lib/storage.ts'
import { KeepTheRest } from './broken.tsx'
import type { AppLocation } from './location.ts'
import { SectionPage } from './section-page.tsx'
import { Shell } from './shell.tsx'

interface AppProps {
  location: AppLocation
  storage: JsonStorage
}

export function App({ location, storage }: AppProps) {
  return (
    <KeepTheRest of="page">
      <SessionGate>
        <DeskOfRoom location={location} storage={storage}>
          <Shell
            location={location}
            renderSection={section => (
              <SectionPage section={section} onRoom={room => location.go({ room, section: 'live' })} />
            )}
          />
        </DeskOfRoom>
      </SessionGate>
    </KeepTheRest>
  )
}

/** Sits down at the room of the address, and gets up when it changes or the user signs out. */
function DeskOfRoom({ location, storage, children }: AppProps & { children: ReactNode }) {
  const session = useSession()
  const room = useStore(location.store, place => place.room)
  const [desk, setDesk] = useState<Desk | null>(null)
  useEffect(() => {
    const opened = openDesk({ session, storage, roomId: room })
    setDesk(opened)
    return () => {
      setDesk(null)
      opened.close()
    }
  }, [session, storage, room])
  if (!desk) return null
  // Nothing that a part of the page remembers of one room may reach another: what was emptied there, found, refused.
  return (
    <DeskProvider key={desk.roomId} value={desk}>
      {children}
    </DeskProvider>
  )
}
