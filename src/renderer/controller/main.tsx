import './styles.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { createLocation } from './app/location.ts'
import { applyScheme, followScheme } from './app/scheme.ts'
import { PreferencesProvider, SessionProvider } from './desk/context.ts'
import { createPreferences } from './desk/preferences.ts'
import { createSession } from './desk/session.ts'
import { changeLanguage, resolveLanguage, setUpWords } from './i18n/index.ts'
import { desktopBridge } from './lib/bridge.ts'
import { browserStorage, createJsonStorage, tabStorage } from './lib/storage.ts'

const storage = createJsonStorage(browserStorage())
const preferences = createPreferences(storage)
const desktop = desktopBridge()
const session = createSession({
  tabStorage: tabStorage(),
  ...(desktop && {
    async ownerToken() {
      const answer = await desktop.call('owner.token')
      return answer.ok ? answer.value.token : null
    },
  }),
})

followScheme(() => preferences.store.getState().scheme)
preferences.store.subscribe((state, before) => {
  if (state.scheme !== before.scheme) applyScheme(state.scheme)
  if (state.language !== before.language) void changeLanguage(resolveLanguage(state.language))
})

void session.start()
await setUpWords(resolveLanguage(preferences.store.getState().language))
createRoot(document.getElementById('app')!).render(
  <PreferencesProvider value={preferences}>
    <SessionProvider value={session}>
      <App location={createLocation()} storage={storage} />
    </SessionProvider>
  </PreferencesProvider>,
)
