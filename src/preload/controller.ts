import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopBridge } from './bridge.ts'

/** For the controller's and the quick-compose page: one way to ask, one way to listen. Main checks who asks what. */
const desktop: DesktopBridge = {
  call: (name, ...input) => ipcRenderer.invoke('bridge', name, input[0]),
  on: (event, listener) => {
    const receive = (_event: unknown, name: unknown, detail: Parameters<typeof listener>[0]) => {
      if (name === event) listener(detail)
    }
    ipcRenderer.on('bridge', receive)
    return () => ipcRenderer.off('bridge', receive)
  },
}

contextBridge.exposeInMainWorld('desktop', desktop)
