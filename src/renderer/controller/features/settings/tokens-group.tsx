import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../api/request.ts'
import { useLoaded } from '../../lib/use-loaded.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { Unread } from '../../ui/unread.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { leaveFocusedRow } from './leave-focused-row.ts'
import { TokenMaker } from './token-maker.tsx'
import { useAccounts } from './use-accounts.ts'
import { useMoment } from './use-moment.ts'

/** The user's API tokens. A new one is shown once, until the page is left. */
export function TokensGroup() {
  const { t } = useTranslation()
  const accounts = useAccounts()
  const moment = useMoment()
  const say = useFailureWords()
  const [problem, setProblem] = useState<Failure | null>(null)
  const { value, failure, reload } = useLoaded(useCallback(() => accounts.tokens(), [accounts]))
  const [secret, setSecret] = useState<string | null>(null)

  async function revoke(id: string): Promise<void> {
    leaveFocusedRow()
    const answer = await accounts.revokeToken(id)
    setProblem(answer.ok ? null : answer.failure)
    await reload()
  }

  return (
    <Group title={t('settings.tokens')} hint={t('settings.tokensHint')}>
      {failure && <Unread failure={failure} onRetry={() => void reload()} />}
      {value && value.length > 0 && (
        <ul className="divide-y divide-line rounded-box border border-line">
          {value.map(token => (
            <li key={token.id} className="flex items-center gap-2 px-3 py-1.5">
              <div className="min-w-0 flex-1">
                <p className="truncate">
                  {token.name} <code className="text-quiet text-xs">{token.prefix}…</code>
                </p>
                <p className="text-quiet text-xs">
                  {[
                    token.scopes.map(scope => t(`settings.${scope}`)).join(t('common.listed')),
                    token.rooms?.join(t('common.listed')),
                    token.lastUsedAt
                      ? t('settings.lastUsed', { time: moment(token.lastUsedAt) })
                      : t('settings.never'),
                    token.expiresAt && t('settings.until', { time: moment(token.expiresAt) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
              <TwoStepButton
                label={t('settings.revoke')}
                question={t('settings.revokeSure')}
                onConfirm={() => void revoke(token.id)}
              />
            </li>
          ))}
        </ul>
      )}
      {problem && <Notice tone="error">{say(problem)}</Notice>}
      {secret && <CopyField label={t('session.token')} hint={t('settings.tokenOnce')} value={secret} />}
      <TokenMaker
        onMade={token => {
          setSecret(token)
          void reload()
        }}
      />
    </Group>
  )
}
