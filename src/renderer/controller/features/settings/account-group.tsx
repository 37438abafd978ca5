import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Login } from '../../../../shared/account.ts'
import type { Failure } from '../../api/request.ts'
import { useSession, useSessionState } from '../../desk/context.ts'
import { deviceName } from '../../lib/device-name.ts'
import { type Loaded, useLoaded } from '../../lib/use-loaded.ts'
import { useOnce } from '../../lib/use-once.ts'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { Unread } from '../../ui/unread.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { leaveFocusedRow } from './leave-focused-row.ts'
import { PasswordForm } from './password-form.tsx'
import { useAccounts } from './use-accounts.ts'
import { useMoment } from './use-moment.ts'

/** Who is signed in, where else, and the ways out. */
export function AccountGroup() {
  const { t } = useTranslation()
  const session = useSession()
  const user = useSessionState(state => state.user)
  const say = useFailureWords()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, once] = useOnce()
  const signOut = (everywhere: boolean) =>
    void once(async () => setFailure(await session.signOut(everywhere)))
  return (
    <Group
      title={t('settings.account')}
      hint={user ? t('settings.signedInAs', { name: user.username }) : t('settings.byToken')}
    >
      {user && <SignIns hasPassword={user.hasPassword} />}
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn btn-sm" aria-busy={busy} onClick={() => signOut(false)}>
          {t('session.signOut')}
        </button>
        {user && (
          <TwoStepButton
            label={t('settings.signOutEverywhere')}
            question={t('settings.signOutEverywhereSure')}
            onConfirm={() => signOut(true)}
          />
        )}
      </div>
      {failure && <Notice tone="error">{say(failure)}</Notice>}
    </Group>
  )
}

/** Where the account is signed in, and the password, whose change ends all of them but this one. */
function SignIns({ hasPassword }: { hasPassword: boolean }) {
  const session = useSession()
  const accounts = useAccounts()
  const logins = useLoaded(useCallback(() => accounts.logins(), [accounts]))
  return (
    <>
      <Logins logins={logins} />
      <PasswordForm
        hasPassword={hasPassword}
        onChanged={() => {
          session.passwordSet()
          void logins.reload()
        }}
      />
    </>
  )
}

function Logins({ logins: { value, failure: unread, reload } }: { logins: Loaded<Login[]> }) {
  const { t } = useTranslation()
  const accounts = useAccounts()
  const moment = useMoment()
  const say = useFailureWords()
  const [failure, setFailure] = useState<Failure | null>(null)
  async function end(id: string): Promise<void> {
    leaveFocusedRow()
    const answer = await accounts.endLogin(id)
    setFailure(answer.ok ? null : answer.failure)
    await reload()
  }
  if (unread) return <Unread failure={unread} onRetry={() => void reload()} />
  if (!value || value.length === 0) return null
  return (
    <div>
      <h3 className="mb-1 font-medium text-sm">{t('settings.logins')}</h3>
      <ul className="divide-y divide-line rounded-box border border-line">
        {value.map(login => (
          <li key={login.id} className="flex items-center gap-2 px-3 py-1.5">
            <div className="min-w-0 flex-1">
              <p className="truncate text-sm" title={login.device}>
                {deviceName(login.device)}
              </p>
              <p className="text-quiet text-xs">
                {[login.address, t('settings.lastUsed', { time: moment(login.lastUsedAt) })]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {login.current ? (
              <span className="text-quiet text-sm">{t('settings.thisOne')}</span>
            ) : (
              <button
                type="button"
                className="btn btn-ghost btn-sm"
                aria-label={t('common.named', { what: t('settings.end'), name: deviceName(login.device) })}
                onClick={() => void end(login.id)}
              >
                {t('settings.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {failure && <Notice tone="error">{say(failure)}</Notice>}
    </div>
  )
}
