import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SCOPES } from '../../../../shared/account.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { useSentForm } from '../../lib/use-sent-form.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useAccounts } from './use-accounts.ts'

const DAY = 86_400_000

/** What a new token is for, what it may, and how long. */
export function TokenMaker({ onMade }: { onMade(token: string): void }) {
  const { t } = useTranslation()
  const { roomId } = useDesk()
  const say = useFailureWords()
  const accounts = useAccounts()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, submit] = useSentForm(make)

  async function make(data: FormData): Promise<boolean> {
    const days = Number(data.get('days'))
    const answer = await accounts.createToken({
      name: String(data.get('name')).trim(),
      scopes: SCOPES.filter(scope => data.get(scope) !== null),
      rooms: data.get('room') === null ? null : [roomId],
      expiresAt: days > 0 ? Date.now() + days * DAY : null,
    })
    setFailure(answer.ok ? null : answer.failure)
    if (answer.ok) onMade(answer.value.token)
    return answer.ok
  }

  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <div className="grid items-end gap-3 sm:grid-cols-[1fr_10rem]">
        <Field label={t('settings.tokenName')}>
          {control => (
            <input
              {...control}
              name="name"
              className="input input-sm w-full"
              maxLength={64}
              autoComplete="off"
              required
            />
          )}
        </Field>
        <Field label={t('settings.expires')}>
          {control => (
            <select {...control} name="days" className="select select-sm w-full" defaultValue="0">
              <option value="0">{t('settings.forever')}</option>
              {[7, 30, 365].map(count => (
                <option key={count} value={count}>
                  {t('settings.days', { count })}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
        <legend className="mb-1 font-medium text-sm">{t('settings.scopes')}</legend>
        {SCOPES.map(scope => (
          <label key={scope} className="flex items-center gap-1.5 text-sm">
            <input
              type="checkbox"
              name={scope}
              className="checkbox checkbox-sm"
              defaultChecked={scope === 'publish'}
            />
            {t(`settings.${scope}`)}
          </label>
        ))}
        <label className="flex items-center gap-1.5 text-sm">
          <input type="checkbox" name="room" className="checkbox checkbox-sm" />
          {t('settings.onlyThisRoom')}
        </label>
      </fieldset>
      {failure && <Notice tone="error">{say(failure)}</Notice>}
      <button type="submit" className="btn btn-sm self-start" aria-busy={busy}>
        {t('settings.createToken')}
      </button>
    </form>
  )
}
