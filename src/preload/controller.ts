import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopBridge } from './bridge.ts'

/** For the controller's and the quick-compose page: one way to ask, one way to listen. Main checks who asks what. */
const desktop: DesktopBridge = {
  async call(name, ...input) {
    try {
      return await ipcRenderer.invoke('bridge', name, input[0])
    } catch (error) {
      // A function, a window: what cannot be copied to another process never leaves this one.
      return { ok: false, code: 'invalid-input', msg: (error as Error).message }
    }
  },
  on: (event, listener) => {
    const receive = (_event: unknown, name: unknown, detail: Parameters<typeof listener>[0]) => {
      if (name === event) listener(detail)
    }
    ipcRenderer.on('bridge', receive)
    // Nothing of `ipcRenderer` may reach the page, so the call's own answer, which is it, stays here.
    return () => {
      ipcRenderer.off('bridge', receive)
    }
  },
}

contextBridge.exposeInMainWorld('desktop', desktop)
