import { useSyncExternalStore } from 'react'

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** What stands behind the address, with its #: the code of the links that the server prints. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash)

/** The code is spent and must not stay in the address. */
export function leaveLink(): void {
  history.replaceState(null, '', '/admin')
  // Replacing tells nobody.
  window.dispatchEvent(new HashChangeEvent('hashchange'))
}
