import { desktopBridge } from '../../lib/bridge.ts'
import { AppGroup } from './app-group.tsx'
import { HotkeysGroup } from './hotkeys-group.tsx'
import { ObsGroup } from './obs-group.tsx'
import { OverlaysGroup } from './overlays-group.tsx'
import { PlaceGroup } from './place-group.tsx'
import { UpdatesGroup } from './updates-group.tsx'

/** The desktop app's part of the settings; nothing in a browser. */
export function DesktopSettings() {
  if (!desktopBridge()) return null
  return (
    <>
      <PlaceGroup />
      <OverlaysGroup />
      <HotkeysGroup />
      <ObsGroup />
      <AppGroup />
      <UpdatesGroup />
    </>
  )
}
