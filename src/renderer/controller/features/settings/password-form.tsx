import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../api/request.ts'
import { useSentForm } from '../../lib/use-sent-form.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useAccounts } from './use-accounts.ts'

/** The desktop's owner has no password at first and may set one, to sign in from a phone. */
export function PasswordForm({ hasPassword, onChanged }: { hasPassword: boolean; onChanged(): void }) {
  const { t } = useTranslation()
  const say = useFailureWords()
  const accounts = useAccounts()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [changed, setChanged] = useState(false)
  const [busy, submit] = useSentForm(change)

  async function change(data: FormData): Promise<boolean> {
    const current = String(data.get('current') ?? '')
    const answer = await accounts.changePassword({
      password: String(data.get('password')),
      ...(current ? { current } : {}),
    })
    setFailure(answer.ok ? null : answer.failure)
    setChanged(answer.ok)
    if (answer.ok) onChanged()
    return answer.ok
  }

  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
        {hasPassword && (
          <Field label={t('settings.currentPassword')}>
            {control => (
              <input
                {...control}
                name="current"
                type="password"
                autoComplete="current-password"
                className="input input-sm w-full"
                required
              />
            )}
          </Field>
        )}
        <Field label={t('settings.newPassword')}>
          {control => (
            <input
              {...control}
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={8}
              className="input input-sm w-full"
              required
            />
          )}
        </Field>
        <button type="submit" className="btn btn-sm" aria-busy={busy}>
          {t('settings.changePassword')}
        </button>
      </div>
      {failure && (
        <Notice tone="error">
          {failure.status === 401 ? t('failures.wrong-credentials') : say(failure)}
        </Notice>
      )}
      {changed && <Notice>{t('settings.passwordChanged')}</Notice>}
    </form>
  )
}
