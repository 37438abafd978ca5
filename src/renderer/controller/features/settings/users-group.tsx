import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ROLES, type Role } from '../../../../shared/account.ts'
import type { Failure, Result } from '../../api/request.ts'
import { useSessionState } from '../../desk/context.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { useSentForm } from '../../lib/use-sent-form.ts'
import { Group } from '../../ui/group.tsx'
import { ListSkeleton } from '../../ui/list-skeleton.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { Unread } from '../../ui/unread.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { leaveFocusedRow } from './leave-focused-row.ts'
import { useAccounts } from './use-accounts.ts'

/** The accounts of this server, for who may manage them. */
export function UsersGroup() {
  const { t } = useTranslation()
  const say = useFailureWords()
  const accounts = useAccounts()
  const me = useSessionState(state => state.user)
  const { value, reload, failure: unread } = useLoaded(useCallback(() => accounts.users(), [accounts]))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, submit] = useSentForm(add)
  // An admin can make and change members only.
  const roles: readonly Role[] = me?.role === 'owner' ? ROLES : ['member']

  async function run(action: Promise<Result<unknown>>): Promise<boolean> {
    const answer = await action
    setFailure(answer.ok ? null : answer.failure)
    void reload()
    return answer.ok
  }
  function add(data: FormData): Promise<boolean> {
    return run(
      accounts.createUser({
        username: String(data.get('username')).trim(),
        password: String(data.get('password')),
        role: String(data.get('role')) as Role,
      }),
    )
  }

  return (
    <Group title={t('settings.users')} hint={t('settings.usersHint')}>
      {unread && <Unread failure={unread} onRetry={() => void reload()} />}
      {!value && !unread && <ListSkeleton />}
      <ul className="divide-y divide-line rounded-box border border-line empty:hidden">
        {value?.map(user => (
          <li key={user.id} className="flex flex-wrap items-center gap-2 px-3 py-1.5">
            <span className="min-w-0 flex-1 basis-40 truncate" title={user.username}>
              {user.username}
            </span>
            {user.id === me?.id || !roles.includes(user.role) ? (
              <span className="text-quiet text-sm">{t(`settings.${user.role}`)}</span>
            ) : (
              <>
                <select
                  className="select select-xs w-auto"
                  aria-label={t('common.named', { what: t('settings.role'), name: user.username })}
                  value={user.role}
                  onChange={event =>
                    void run(accounts.changeUser(user.id, { role: event.target.value as Role }))
                  }
                >
                  {roles.map(role => (
                    <option key={role} value={role}>
                      {t(`settings.${role}`)}
                    </option>
                  ))}
                </select>
                <TwoStepButton
                  label={t('common.delete')}
                  question={t('common.deleteSure')}
                  onConfirm={() => {
                    leaveFocusedRow()
                    void run(accounts.deleteUser(user.id))
                  }}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      <form className="grid items-end gap-2 sm:grid-cols-[1fr_1fr_auto_auto]" onSubmit={submit}>
        <input
          name="username"
          className="input input-sm w-full"
          aria-label={t('session.username')}
          placeholder={t('session.username')}
          autoComplete="off"
          autoCapitalize="none"
          required
        />
        <input
          name="password"
          type="password"
          className="input input-sm w-full"
          aria-label={t('session.password')}
          placeholder={t('session.password')}
          autoComplete="new-password"
          minLength={8}
          required
        />
        <select
          name="role"
          className="select select-sm"
          aria-label={t('settings.role')}
          defaultValue="member"
        >
          {roles.map(role => (
            <option key={role} value={role}>
              {t(`settings.${role}`)}
            </option>
          ))}
        </select>
        <button type="submit" className="btn btn-sm" aria-busy={busy}>
          {t('settings.addUser')}
        </button>
      </form>
      {failure && <Notice tone="error">{say(failure)}</Notice>}
    </Group>
  )
}
