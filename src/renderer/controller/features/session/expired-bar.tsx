import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useSession, useSessionState } from '../../desk/context.ts'
import { AccountForm } from './account-form.tsx'

/** The sign-in ran out in the middle of the work: the form comes over the desk, which stays as it is. */
export function ExpiredSignIn() {
  const expired = useSessionState(state => state.status === 'expired')
  return expired && <SignInAgain />
}

function SignInAgain() {
  const { t } = useTranslation()
  const session = useSession()
  const desk = useDesk()
  const user = useSessionState(state => state.user)
  const dialog = useRef<HTMLDialogElement>(null)
  // Modal: the Tab key stays within, and what lies behind cannot be pressed.
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    const show = () => {
      if (!element.isConnected || element.open) return
      element.showModal()
      const empty = [...element.querySelectorAll('input')].find(input => input.value === '')
      empty?.focus()
    }
    show()
    // Escape must not leave a desk that can do nothing.
    element.addEventListener('close', show)
    return () => element.removeEventListener('close', show)
  }, [])

  async function submit(username: string, password: string) {
    const failure = await session.signIn(username, password)
    if (!failure) desk.reconnect()
    return failure
  }

  return (
    <dialog
      ref={dialog}
      aria-label={t('session.signIn')}
      className="mx-auto mt-[14vh] w-[calc(100%-2rem)] max-w-88 rounded-box border border-line bg-base-100 p-6 text-base-content backdrop:bg-base-200/80"
      onCancel={event => event.preventDefault()}
    >
      <p className="mb-4 font-medium">{t('session.expired')}</p>
      <AccountForm
        action={t('session.signIn')}
        {...(user ? { suggested: user.username } : {})}
        submit={submit}
      />
    </dialog>
  )
}
