import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../api/request.ts'
import { useSession } from '../../desk/context.ts'
import { Field } from '../../ui/field.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** The other way in: an API token, say for a bot's author or a moderator without an account. */
export function TokenForm() {
  const { t } = useTranslation()
  const session = useSession()
  const say = useFailureWords()
  const [open, setOpen] = useState(false)
  const [token, setToken] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setFailure(await session.tokenSignIn(token.trim()))
  }

  if (!open)
    return (
      <button type="button" className="btn btn-ghost btn-sm mt-3 w-full" onClick={() => setOpen(true)}>
        {t('session.useToken')}
      </button>
    )
  return (
    <form
      className="mt-5 flex flex-col gap-3 border-line border-t pt-4"
      onSubmit={event => void submit(event)}
    >
      <Field label={t('session.token')} hint={t('session.tokenHint')} error={failure ? say(failure) : null}>
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
      <button type="submit" className="btn btn-sm">
        {t('session.signIn')}
      </button>
    </form>
  )
}
