import { X } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../api/request.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { useSentForm } from '../../lib/use-sent-form.ts'
import { Field } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Unread } from '../../ui/unread.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { leaveFocusedRow } from './leave-focused-row.ts'
import { useAccounts } from './use-accounts.ts'

/** With whom the room is shared. */
export function Moderators({ room }: { room: string }) {
  const { t } = useTranslation()
  const say = useFailureWords()
  const accounts = useAccounts()
  const {
    value,
    failure: unread,
    reload,
  } = useLoaded(useCallback(() => accounts.moderators(room), [accounts, room]))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, submit] = useSentForm(add)

  async function add(data: FormData): Promise<boolean> {
    const answer = await accounts.addModerator(room, String(data.get('username')).trim())
    setFailure(answer.ok ? null : answer.failure)
    void reload()
    return answer.ok
  }
  async function remove(user: string): Promise<void> {
    leaveFocusedRow()
    const answer = await accounts.removeModerator(room, user)
    setFailure(answer.ok ? null : answer.failure)
    void reload()
  }

  return (
    <div>
      <p className="font-medium text-sm">{t('settings.moderators')}</p>
      <p className="text-quiet text-xs">{t('settings.moderatorsHint')}</p>
      {unread && <Unread failure={unread} onRetry={() => void reload()} />}
      <ul className="my-2 flex flex-wrap gap-1">
        {value?.map(moderator => (
          <li key={moderator.id} className="flex items-center rounded-full border border-line pl-3 text-sm">
            {moderator.username}
            <IconButton
              icon={X}
              label={t('common.named', { what: t('live.remove'), name: moderator.username })}
              className="btn-xs rounded-full"
              onClick={() => void remove(moderator.id)}
            />
          </li>
        ))}
      </ul>
      <form className="flex max-w-80 items-end gap-2" onSubmit={submit}>
        <div className="min-w-0 flex-1">
          <Field label={t('settings.addModerator')} error={failure ? say(failure) : null}>
            {control => (
              <input
                {...control}
                name="username"
                className="input input-sm w-full"
                autoComplete="off"
                autoCapitalize="none"
                required
              />
            )}
          </Field>
        </div>
        <button type="submit" className="btn btn-sm" aria-busy={busy}>
          {t('common.add')}
        </button>
      </form>
    </div>
  )
}
