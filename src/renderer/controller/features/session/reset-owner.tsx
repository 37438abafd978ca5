import { useTranslation } from 'react-i18next'
import { useSession } from '../../desk/context.ts'
import { AccountForm } from './account-form.tsx'
import { GateCard } from './gate-card.tsx'
import { leaveLink } from './link.ts'

/** What the link of `--reset-owner` carries: `/admin/reset#<code>.<user name>`. */
export interface ResetLink {
  code: string
  username: string
}

/** @returns null where the page was opened by no such link. */
export function readResetLink({ pathname, hash }: Pick<Location, 'pathname' | 'hash'>): ResetLink | null {
  const link = /^#([\w-]+)\.(.+)$/.exec(hash)
  if (pathname !== '/admin/reset' || !link) return null
  try {
    return { code: link[1]!, username: decodeURIComponent(link[2]!) }
  } catch {
    return null
  }
}

/** The way back for an owner who forgot the password. */
export function ResetOwner({ link }: { link: ResetLink }) {
  const { t } = useTranslation()
  const session = useSession()

  async function submit(_username: string, password: string) {
    const failure = await session.resetOwner(link.code, password)
    if (!failure) leaveLink()
    return failure
  }

  return (
    <GateCard title={t('session.reset')} hint={t('session.resetHint')}>
      <AccountForm
        action={t('session.resetAction')}
        known={link.username}
        isNew
        submit={submit}
        explain={failure => (failure.reason === 'forbidden' ? t('session.wrongResetCode') : null)}
      />
    </GateCard>
  )
}
