import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession, useSessionState } from '../../desk/context.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** Where the server is reached, and by whom. */
export function ServerGroup() {
  const { t } = useTranslation()
  const server = useSessionState(state => state.server)
  const reach = useSessionState(state => state.reach)
  const owner = useSessionState(state => state.user?.role === 'owner')
  const session = useSession()
  const say = useFailureWords()
  const desktop = desktopBridge()
  const app = useBridgeValue('server.status', 'server')
  /** What was asked for and is not carried out yet. */
  const [asked, setAsked] = useState<boolean | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  /** The desktop app keeps the switch in its own settings and starts the server anew. */
  async function openToLan(open: boolean): Promise<void> {
    setProblem(null)
    setAsked(open)
    if (desktop) {
      const answer = await desktop.call('server.change', { lan: open })
      if (!answer.ok) setProblem(answer.msg)
    } else {
      const failure = await session.openToLan(open)
      if (failure) setProblem(say(failure))
    }
    setAsked(null)
  }

  const state = reach?.lan ?? null
  const open = asked ?? (desktop ? app?.lan : state?.open) ?? null
  const fixed = desktop ? app?.given.host : state?.fixed
  const canSwitch = !fixed && (desktop !== undefined || owner)
  const addresses = reach?.addresses ?? []
  return (
    <Group
      title={t('settings.server')}
      hint={server ? t('settings.version', { version: server.version }) : ''}
    >
      {addresses.map(({ url, kind }) => (
        <CopyField
          key={url}
          label={t('common.named', { what: t('settings.address'), name: t(`live.${kind}`) })}
          value={`${url}/admin`}
        />
      ))}
      {canSwitch && open !== null && (
        <Switch
          label={t('settings.lan')}
          hint={t(desktop ? 'settings.lanHintRestart' : 'settings.lanHint')}
          checked={open}
          onChange={to => void openToLan(to)}
        />
      )}
      {fixed && <Notice>{t('settings.lanFixed')}</Notice>}
      {open && state && (
        <p className="text-base-content/70 text-sm">
          {t('settings.lanWho', {
            open: state.openRooms,
            keyed: state.keyedRooms,
            accounts: state.accounts,
          })}
        </p>
      )}
      {problem && <Notice tone="error">{problem}</Notice>}
    </Group>
  )
}
