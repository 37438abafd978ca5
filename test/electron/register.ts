/** Puts the stand-in in the place of `electron`, in a process that becomes Electron's main process. */
import { createRequire, registerHooks } from 'node:module'
import { serveTest } from './control.ts'
import { becomeElectron } from './stand-in/app.ts'
import { electron } from './stand-in/index.ts'
import { becomePlatform } from './stand-in/platform.ts'

const URL_OF_STAND_IN = 'stand-in:electron'
Object.assign(globalThis, { electronStandIn: electron })
const exported = Object.keys(electron).map(name => `export const ${name} = electron.${name}`)
const source = `const electron = globalThis.electronStandIn\n${exported.join('\n')}\nexport { electron as default }`

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier !== 'electron' && specifier !== 'electron/main') return next(specifier, context)
    return { url: URL_OF_STAND_IN, format: 'module', shortCircuit: true }
  },
  load: (url, context, next) => {
    if (url !== URL_OF_STAND_IN) return next(url, context)
    return { format: 'module', source, shortCircuit: true }
  },
})

becomePlatform()
/** Opens the browser and tells that the app is ready. */
export const launchElectron = becomeElectron()
createRequire(import.meta.url)('./record.cjs')
serveTest(electron)
