import { useTranslation } from 'react-i18next'
import type { Failure } from '../api/request.ts'
import { Notice } from './notice.tsx'
import { useFailureWords } from './use-failure-words.ts'

/** A list could not be read: why, and the way to ask for it again. */
export function Unread({ failure, onRetry }: { failure: Failure; onRetry(): void }) {
  const { t } = useTranslation()
  const say = useFailureWords()
  return (
    <Notice
      tone="error"
      action={
        <button type="button" className="btn btn-sm" onClick={onRetry}>
          {t('common.retry')}
        </button>
      }
    >
      {say(failure)}
    </Notice>
  )
}
