import type { Chromium } from '../chromium.ts'

/** What the parts of the stand-in share: the browser, and the folder that `app.getPath('userData')` names. */
interface State {
  chromium: Chromium | undefined
  /** The app has told that it is ready. */
  ready: boolean
}

export const state: State = { chromium: undefined, ready: false }

export function openContext() {
  if (!state.chromium) throw new Error('Electron cannot open a window before app is ready')
  return state.chromium.context
}
