import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../api/request.ts'
import { fieldWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

interface AccountFormProps {
  /** The verb on the button. */
  action: string
  /** The account, where it is known already. */
  known?: string
  /** Who it most likely is; can be changed. */
  suggested?: string
  /** A new password, with its rule; else an existing one. */
  isNew?: boolean
  submit(username: string, password: string): Promise<Failure | null>
  /** Says a failure better than the common words do. */
  explain?: (failure: Failure) => string | null
}

const SHORTEST_PASSWORD = 8

/** User name and password; keeps what was typed when the server refuses it. */
export function AccountForm({ action, known, suggested, isNew = false, submit, explain }: AccountFormProps) {
  const { t } = useTranslation()
  const say = useFailureWords()
  const [username, setUsername] = useState(known ?? suggested ?? '')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [tooShort, setTooShort] = useState(false)

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (isNew && password.length < SHORTEST_PASSWORD) return setTooShort(true)
    setTooShort(false)
    setBusy(true)
    setFailure(await submit(username.trim(), password))
    setBusy(false)
  }

  const nameWrong = failure && fieldWords(failure, 'username', t)
  const passwordWrong = tooShort ? t('session.passwordShort') : failure && fieldWords(failure, 'password', t)
  const named = (known ?? suggested ?? '') !== ''
  return (
    <form className="flex flex-col gap-4" onSubmit={event => void send(event)}>
      <Field label={t('session.username')} error={nameWrong}>
        {control => (
          <input
            {...control}
            className="input w-full"
            value={username}
            onChange={event => setUsername(event.target.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            readOnly={known !== undefined}
            // biome-ignore lint/a11y/noAutofocus: the page is this form
            autoFocus={!named}
          />
        )}
      </Field>
      <Field
        label={t('session.password')}
        {...(isNew ? { hint: t('session.passwordHint') } : {})}
        error={passwordWrong}
      >
        {control => (
          <input
            {...control}
            className="input w-full"
            type="password"
            value={password}
            onChange={event => setPassword(event.target.value)}
            autoComplete={isNew ? 'new-password' : 'current-password'}
            required
            // biome-ignore lint/a11y/noAutofocus: the page is this form
            autoFocus={named}
          />
        )}
      </Field>
      {failure && !nameWrong && !passwordWrong && (
        <Notice tone="error">{explain?.(failure) ?? say(failure)}</Notice>
      )}
      <button type="submit" className="btn btn-primary" disabled={busy}>
        {busy && <span className="loading loading-spinner loading-xs" aria-hidden="true" />}
        {action}
      </button>
    </form>
  )
}
