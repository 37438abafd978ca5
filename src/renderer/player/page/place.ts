import type { Place } from '../../../shared/events.ts'

declare global {
  interface Window {
    /** OBS puts this into every page of a browser source. */
    obsstudio?: {
      pluginVersion?: string
      /** Answers where the source's page permission lets it. */
      getCurrentScene?(answer: (scene: { name: string } | null) => void): void
    }
  }
}

/** Where this page lives, as far as it can tell by itself. */
export function detectPlace({ obsstudio, navigator }: Window): Place {
  const agent = navigator.userAgent
  if (obsstudio !== undefined || / OBS\//.test(agent)) return 'obs'
  if (/ Electron\//.test(agent)) return 'overlay'
  return /Mobi|Android|iPhone|iPad/.test(agent) ? 'phone' : 'browser'
}
