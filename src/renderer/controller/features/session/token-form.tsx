import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../api/request.ts'
import { useSession } from '../../desk/context.ts'
import { useOnce } from '../../lib/use-once.ts'
import { Field } from '../../ui/field.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** The other way in: an API token, say for a bot's author or a moderator without an account. */
export function TokenForm() {
  const { t } = useTranslation()
  const session = useSession()
  const say = useFailureWords()
  const [open, setOpen] = useState(false)
  const [token, setToken] = useState('')
  const [busy, once] = useOnce()
  const [failure, setFailure] = useState<Failure | null>(null)

  function submit(event: FormEvent): void {
    event.preventDefault()
    void once(async () => setFailure(await session.tokenSignIn(token.trim())))
  }

  const problem = failure && (failure.status === 401 ? t('session.wrongToken') : say(failure))
  if (!open)
    return (
      <button type="button" className="btn btn-ghost btn-sm mt-3 w-full" onClick={() => setOpen(true)}>
        {t('session.useToken')}
      </button>
    )
  return (
    <form className="mt-5 flex flex-col gap-3 border-line border-t pt-4" onSubmit={submit}>
      <Field label={t('session.token')} hint={t('session.tokenHint')} error={problem}>
        {control => (
          <input
            {...control}
            className="input w-full font-mono text-xs"
            type="password"
            autoComplete="off"
            value={token}
            onChange={event => setToken(event.target.value)}
            required
            // biome-ignore lint/a11y/noAutofocus: it was asked for just now
            autoFocus
          />
        )}
      </Field>
      <button type="submit" className="btn btn-sm" aria-busy={busy}>
        {t('session.signIn')}
      </button>
    </form>
  )
}
