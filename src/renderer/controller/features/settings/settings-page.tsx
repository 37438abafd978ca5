import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSessionState } from '../../desk/context.ts'
import { Page } from '../../ui/page.tsx'
import { AccountGroup } from './account-group.tsx'
import { AuditGroup } from './audit-group.tsx'
import { DataGroup } from './data-group.tsx'
import { DeviceGroup } from './device-group.tsx'
import { RoomGroup } from './room-group.tsx'
import { ServerGroup } from './server-group.tsx'
import { TokensGroup } from './tokens-group.tsx'
import { UsersGroup } from './users-group.tsx'

interface SettingsPageProps {
  onRoom(room: string): void
  /** What only the desktop app has. */
  children?: ReactNode
}

/** What is set once: this device, the server, the room, accounts and data. Each group shows to who may use it. */
export function SettingsPage({ onRoom, children }: SettingsPageProps) {
  const { t } = useTranslation()
  const user = useSessionState(state => state.user)
  const mayManageUsers = user !== null && user.role !== 'member'
  return (
    <Page title={t('live.settings')}>
      <div className="flex max-w-2xl flex-col gap-6">
        <DeviceGroup />
        <ServerGroup />
        {children}
        <RoomGroup onRoom={onRoom} />
        <AccountGroup />
        {mayManageUsers && <UsersGroup />}
        {user && <TokensGroup />}
        {user?.role === 'owner' && <AuditGroup />}
        <DataGroup />
      </div>
    </Page>
  )
}
