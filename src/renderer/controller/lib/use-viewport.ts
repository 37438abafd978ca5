import { useSyncExternalStore } from 'react'

/** `dock`: OBS's narrow dock. `phone`: one column with a bottom bar. `desk`: bar, centre and panel. */
export type Viewport = 'dock' | 'phone' | 'desk'

const dock = window.matchMedia('(max-width: 359px)')
const phone = window.matchMedia('(max-width: 819px)')

function subscribe(changed: () => void): () => void {
  dock.addEventListener('change', changed)
  phone.addEventListener('change', changed)
  return () => {
    dock.removeEventListener('change', changed)
    phone.removeEventListener('change', changed)
  }
}

const read = (): Viewport => (dock.matches ? 'dock' : phone.matches ? 'phone' : 'desk')

/** Follows the window; the same for all parts of the page, so that none is of another layout than the rest. */
export function useViewport(): Viewport {
  return useSyncExternalStore(subscribe, read)
}
