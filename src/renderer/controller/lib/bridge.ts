/**
 * What the desktop app's preload gives to its controller window; absent in a browser. Each part may be missing
 * while the app is older than the page.
 */
export interface DesktopBridge {
  owner?: {
    /** An access token for the person at this computer. */
    token(): Promise<string>
  }
  obs?: {
    /** Makes or updates the browser source in the scene on the air. */
    addSource(source: { name: string; url: string; width: number; height: number }): Promise<ObsAnswer>
  }
}

export type ObsAnswer =
  | { ok: true }
  | {
      ok: false
      reason: 'not-running' | 'wrong-password' | 'too-old' | 'no-browser-source' | 'failed'
      message?: string
    }

declare global {
  interface Window {
    bridge?: DesktopBridge
  }
}

export const desktopBridge = (): DesktopBridge | undefined => window.bridge
