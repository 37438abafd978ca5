import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLoaded } from '../../lib/use-loaded.ts'
import { Group } from '../../ui/group.tsx'
import { Unread } from '../../ui/unread.tsx'
import { useAccounts } from './use-accounts.ts'
import { useMoment } from './use-moment.ts'

/** The newest entries of the audit log, for the owner. */
export function AuditGroup() {
  const { t } = useTranslation()
  const accounts = useAccounts()
  const moment = useMoment()
  const { value, failure, reload } = useLoaded(useCallback(() => accounts.audit(), [accounts]))
  if (!failure && !value?.length) return null
  return (
    <Group title={t('settings.audit')} hint={t('settings.auditHint')}>
      {failure && <Unread failure={failure} onRetry={() => void reload()} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div className="max-h-64 overflow-y-auto rounded-box border border-line" tabIndex={0}>
        <ul className="divide-y divide-line text-xs">
          {value?.map(entry => (
            <li
              key={entry.id}
              className="flex flex-wrap gap-x-4 px-3 py-1.5 sm:grid sm:grid-cols-[10rem_11rem_1fr_auto]"
            >
              <span className="text-quiet">{moment(entry.time)}</span>
              <span title={entry.action}>{t(`audit.${entry.action}`)}</span>
              <span className="wrap-anywhere">{[entry.actor, entry.target].filter(Boolean).join(' → ')}</span>
              <span className="text-quiet">{entry.address}</span>
            </li>
          ))}
        </ul>
      </div>
    </Group>
  )
}
