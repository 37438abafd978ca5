import { createStore, type StoreApi } from 'zustand/vanilla'
import type { SignedIn, User } from '../../../shared/account.ts'
import type { ServerAddresses, ServerInfo } from '../../../shared/server-info.ts'
import * as auth from '../api/auth.ts'
import { createRequest, type Failure, isPassing, type Request, type Result } from '../api/request.ts'
import { listRooms } from '../api/rooms.ts'
import { getAddresses, getServerInfo, setLan } from '../api/server.ts'

export type SessionStatus =
  | 'starting'
  /** The server gave no answer to the first question. */
  | 'unreachable'
  | 'setup'
  | 'signed-out'
  | 'signed-in'
  /** The sign-in ran out: the desk stays as it is, behind a small form. */
  | 'expired'

export interface SessionState {
  status: SessionStatus
  user: User | null
  server: ServerInfo | null
  /** Known once signed in with the right to manage. */
  reach: ServerAddresses | null
}

export interface Session {
  store: StoreApi<SessionState>
  request: Request
  /** The access token of the moment; kept in memory only, because OBS's docks and sources share storage. */
  token(): string | null
  renew(): Promise<boolean>
  /** Finds out who this is: the desktop's owner, the holder of a cookie, or nobody yet. */
  start(): Promise<void>
  signIn(username: string, password: string): Promise<Failure | null>
  setUp(code: string, username: string, password: string): Promise<Failure | null>
  /** Sets the owner's password anew and signs in. */
  resetOwner(code: string, password: string): Promise<Failure | null>
  /** Signs in with an API token, for this tab only. */
  tokenSignIn(token: string): Promise<Failure | null>
  /**
   * @param everywhere ends the account's other sign-ins too
   * @returns why it could not: the server, which ends the sign-in, was not reached.
   */
  signOut(everywhere?: boolean): Promise<Failure | null>
  /** The account has a password from now on: the next one is changed by naming it. */
  passwordSet(): void
  /** Opens the server to the LAN, or closes it. */
  openToLan(open: boolean): Promise<Failure | null>
}

export interface SessionOptions {
  send?: typeof fetch
  /** Asks the desktop app for the owner's token; absent in a browser. */
  ownerToken?: () => Promise<string | null>
  /** sessionStorage: unlike localStorage it is not shared with the players of the same browser. */
  tabStorage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
}

const TAB_TOKEN = 'streaming-message.token'

/** Who is at the desk, and the request function that speaks for them. */
export function createSession({ send, ownerToken, tabStorage }: SessionOptions = {}): Session {
  const store = createStore<SessionState>()(() => ({
    status: 'starting',
    user: null,
    server: null,
    reach: null,
  }))
  let accessToken: string | null = tabStorage?.getItem(TAB_TOKEN) ?? null
  let renewal: Promise<boolean> | null = null
  /** Counts the attempts to start. */
  let attempts = 0
  const request = createRequest({ token: () => accessToken, renew }, send)
  /** For sign-in and refresh: a 401 there is an answer, not a reason to refresh. */
  const plainRequest = createRequest({ token: () => null, renew: async () => false }, send)

  /** Several requests that fail together share one renewal: a refresh cookie works only once. */
  function renew(): Promise<boolean> {
    renewal ??= renewOnce().finally(() => {
      renewal = null
    })
    return renewal
  }

  async function renewOnce(): Promise<boolean> {
    if (ownerToken) {
      accessToken = await ownerToken().catch(() => null)
      if (accessToken) return true
    }
    const before = accessToken
    const answer = await auth.refresh(plainRequest)
    if (answer.ok) {
      accept(answer.value)
      return true
    }
    // Somebody has signed in meanwhile: the refusal is of what was there before.
    if (accessToken !== before && accessToken !== null) return true
    // Without an answer nothing is known; only a refusal ends the sign-in.
    if (answer.failure.status >= 400 && answer.failure.status < 500 && answer.failure.status !== 429) {
      accessToken = null
      tabStorage?.removeItem(TAB_TOKEN)
      const { status } = store.getState()
      if (status === 'signed-in') store.setState({ status: 'expired' })
    }
    return false
  }

  function accept(login: SignedIn): void {
    accessToken = login.accessToken
    // An API token that was used before was refused, else there would be nobody to sign in.
    tabStorage?.removeItem(TAB_TOKEN)
    store.setState({ status: 'signed-in', user: login.user })
  }

  async function readReach(): Promise<void> {
    const reach = await getAddresses(request)
    if (reach.ok) store.setState({ reach: reach.value })
  }

  async function openToLan(open: boolean): Promise<Failure | null> {
    const reach = await setLan(request, open)
    if (!reach.ok) return reach.failure
    store.setState({ reach: reach.value })
    return null
  }

  async function enter(login: Result<SignedIn>): Promise<Failure | null> {
    if (!login.ok) return login.failure
    accept(login.value)
    await readReach()
    return null
  }

  return {
    store,
    request,
    openToLan,
    token: () => accessToken,
    renew,
    async start() {
      const mine = ++attempts
      // While it is looked for again and again, the page that says so stays.
      if (store.getState().status !== 'unreachable') store.setState({ status: 'starting' })
      // Two rounds, not four: nobody looks at an empty window for longer than it takes.
      const [server, known] = await Promise.all([
        getServerInfo(plainRequest),
        accessToken === null ? renew() : true,
      ])
      if (!server.ok) {
        // A later attempt may have got through while this one waited.
        if (mine === attempts) store.setState({ status: 'unreachable' })
        return
      }
      store.setState({ server: server.value })
      if (known) {
        const [answer] = await Promise.all([auth.me(request), readReach()])
        if (answer.ok) store.setState({ user: answer.value.user })
        if (accessToken) {
          store.setState({ status: 'signed-in' })
          return
        }
      }
      store.setState({ status: server.value.setupNeeded ? 'setup' : 'signed-out' })
    },
    async tokenSignIn(token) {
      const tryIt = createRequest({ token: () => token, renew: async () => false }, send)
      const answer = await listRooms(tryIt)
      if (!answer.ok) return answer.failure
      accessToken = token
      tabStorage?.setItem(TAB_TOKEN, token)
      store.setState({ status: 'signed-in', user: null })
      await readReach()
      return null
    },
    signIn: async (username, password) => enter(await auth.signIn(plainRequest, username, password)),
    setUp: async (code, username, password) =>
      enter(await auth.setUp(plainRequest, code, username, password)),
    resetOwner: async (code, password) => enter(await auth.resetOwner(plainRequest, code, password)),
    async signOut(everywhere = false) {
      const answer = await (everywhere ? auth.signOutEverywhere : auth.signOut)(request)
      // Refused: it had ended already.
      if (!answer.ok && isPassing(answer.failure) && answer.failure.status !== 401) return answer.failure
      accessToken = null
      tabStorage?.removeItem(TAB_TOKEN)
      store.setState({ status: 'signed-out', user: null, reach: null })
      return null
    },
    passwordSet() {
      store.setState(({ user }) => ({ user: user && { ...user, hasPassword: true } }))
    },
  }
}
