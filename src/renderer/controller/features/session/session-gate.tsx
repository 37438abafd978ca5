import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession, useSessionState } from '../../desk/context.ts'
import { AccountForm } from './account-form.tsx'
import { GateCard } from './gate-card.tsx'
import { leaveLink, useHash } from './link.ts'
import { ResetOwner, readResetLink } from './reset-owner.tsx'
import { TokenForm } from './token-form.tsx'

/** Milliseconds between two attempts to find a server that did not answer. */
const LOOK_AGAIN = 2_000

/** What the set-up link ends with. */
const CODE = /^[\w-]+$/

/** Shows the desk to who is signed in, and to everybody else the way there. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const session = useSession()
  const status = useSessionState(state => state.status)

  // A link that was spent gives way to the next one in the same tab: only what stands behind the # is another then.
  const hash = useHash()
  const reset = readResetLink({ pathname: location.pathname, hash })

  useEffect(() => {
    if (status !== 'unreachable') return
    const timer = setInterval(() => void session.start(), LOOK_AGAIN)
    return () => clearInterval(timer)
  }, [status, session])

  if (reset && status !== 'unreachable' && status !== 'starting')
    return <ResetOwner key={reset.username} link={reset} />
  if (status === 'signed-in' || status === 'expired') return children
  if (status === 'starting') return <Starting />
  if (status === 'unreachable')
    return (
      <GateCard title={t('session.unreachable')} hint={t('session.unreachableHint')}>
        <button type="button" className="btn btn-primary" onClick={() => void session.start()}>
          {t('common.retry')}
        </button>
      </GateCard>
    )
  if (status === 'setup') return <SetUp code={hash.slice(1)} />
  return (
    <GateCard title={t('session.signIn')} hint={t('common.app')}>
      <AccountForm action={t('session.signIn')} submit={session.signIn} />
      <TokenForm />
    </GateCard>
  )
}

function SetUp({ code }: { code: string }) {
  const { t } = useTranslation()
  const session = useSession()
  if (!CODE.test(code)) return <GateCard title={t('session.setUp')} hint={t('session.needsCode')} />

  async function submit(username: string, password: string) {
    const failure = await session.setUp(code, username, password)
    if (!failure) leaveLink()
    return failure
  }

  return (
    <GateCard title={t('session.setUp')} hint={t('session.setUpHint')}>
      <AccountForm
        action={t('session.createAccount')}
        isNew
        submit={submit}
        explain={failure =>
          failure.status === 401 || failure.status === 403 ? t('session.wrongCode') : null
        }
      />
    </GateCard>
  )
}

/** Nothing for the first moment: most starts are shorter than it takes to read a word. */
function Starting() {
  const { t } = useTranslation()
  return (
    <main className="flex h-full items-center justify-center">
      <span className="loading loading-spinner opacity-60" role="status" aria-label={t('common.loading')} />
    </main>
  )
}
