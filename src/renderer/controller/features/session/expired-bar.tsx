import { useTranslation } from 'react-i18next'
import { useDesk, useSession, useSessionState } from '../../desk/context.ts'
import { AccountForm } from './account-form.tsx'

/** The sign-in ran out in the middle of the work: the form comes over the desk, which stays as it is. */
export function ExpiredSignIn() {
  const { t } = useTranslation()
  const session = useSession()
  const desk = useDesk()
  const expired = useSessionState(state => state.status === 'expired')
  if (!expired) return null

  async function submit(username: string, password: string) {
    const failure = await session.signIn(username, password)
    if (!failure) desk.reconnect()
    return failure
  }

  return (
    <div className="fixed inset-0 z-30 flex items-start justify-center bg-base-200/80 px-4 pt-[14vh]">
      <div
        role="dialog"
        aria-modal="true"
        aria-label={t('session.signIn')}
        className="w-full max-w-88 rounded-box border border-line bg-base-100 p-6"
      >
        <p className="mb-4 font-medium">{t('session.expired')}</p>
        <AccountForm action={t('session.signIn')} submit={submit} />
      </div>
    </div>
  )
}
