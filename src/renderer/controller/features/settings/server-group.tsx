import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSessionState } from '../../desk/context.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Switch } from '../../ui/switch.tsx'

/** Where the server is reached, and by whom. */
export function ServerGroup() {
  const { t } = useTranslation()
  const server = useSessionState(state => state.server)
  const reach = useSessionState(state => state.reach)
  const desktop = desktopBridge()
  const [lan, setLan] = useState<boolean | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    if (!desktop) return
    void desktop.call('server.status').then(answer => answer.ok && setLan(answer.value.lan))
    return desktop.on('server', status => setLan(status.lan))
  }, [desktop])

  async function openToLan(open: boolean): Promise<void> {
    if (!desktop) return
    setLan(open)
    const answer = await desktop.call('server.change', { lan: open })
    setProblem(answer.ok ? null : answer.msg)
    if (!answer.ok) setLan(!open)
  }

  const addresses = reach?.addresses ?? []
  return (
    <Group
      title={t('settings.server')}
      hint={server ? t('settings.version', { version: server.version }) : ''}
    >
      {addresses.map(({ url, kind }) => (
        <CopyField
          key={url}
          label={`${t('settings.address')}: ${t(`live.${kind}`)}`}
          value={`${url}/admin`}
        />
      ))}
      {desktop && lan !== null && (
        <Switch
          label={t('settings.lan')}
          hint={t('settings.lanHint')}
          checked={lan}
          onChange={open => void openToLan(open)}
        />
      )}
      {!desktop && !addresses.some(address => address.kind === 'lan') && (
        <Notice>{t('settings.lanHeadless')}</Notice>
      )}
      {problem && <Notice tone="error">{problem}</Notice>}
    </Group>
  )
}
