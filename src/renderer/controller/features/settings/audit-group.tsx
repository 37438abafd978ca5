import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLoaded } from '../../lib/use-loaded.ts'
import { Group } from '../../ui/group.tsx'
import { useAccounts } from './use-accounts.ts'
import { useMoment } from './use-moment.ts'

/** The newest entries of the audit log, for the owner. Actions are shown by the names that the log and API use. */
export function AuditGroup() {
  const { t } = useTranslation()
  const accounts = useAccounts()
  const moment = useMoment()
  const { value } = useLoaded(useCallback(() => accounts.audit(), [accounts]))
  if (!value || value.length === 0) return null
  return (
    <Group title={t('settings.audit')} hint={t('settings.auditHint')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div className="max-h-64 overflow-y-auto rounded-box border border-line" tabIndex={0}>
        <table className="table-xs table">
          <tbody>
            {value.map(entry => (
              <tr key={entry.id} className="border-line">
                <td className="whitespace-nowrap text-quiet">{moment(entry.time)}</td>
                <td className="font-mono">{entry.action}</td>
                <td>{[entry.actor, entry.target].filter(Boolean).join(' → ')}</td>
                <td className="text-quiet">{entry.address}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Group>
  )
}
