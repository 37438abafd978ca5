import { Download, GripVertical } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DEFAULT_ROOM } from '../../../../shared/ids.ts'
import { useDesk, useDeskStore, useSessionState } from '../../desk/context.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { ObsButton } from './obs-button.tsx'
import { obsDragUrl } from './obs-link.ts'
import { ObsSteps } from './obs-steps.tsx'
import { OpenPlayerLink } from './open-player-link.tsx'
import { QrCode } from './qr-code.tsx'
import { usePlayerAddress } from './use-player-address.ts'

/** One obvious link, and the ways to use it. */
export function SharePage() {
  const { t } = useTranslation()
  const desk = useDesk()
  const reach = useSessionState(state => state.reach)
  const room = useDeskStore(
    d => d.room.store,
    s => s.room,
  )
  const addresses = reach?.addresses ?? [{ url: location.origin, kind: 'loopback' as const }]
  const lan = addresses.filter(address => address.kind === 'lan')
  const local = addresses.find(address => address.kind === 'loopback') ?? addresses[0]!
  const [picked, setPicked] = useState<string | null>(null)
  // One that was picked may be gone: the LAN was closed.
  const base = addresses.find(({ url }) => url === picked)?.url ?? lan[0]?.url ?? local.url
  const key: Record<string, string> = room?.watchKey ? { key: room.watchKey } : {}
  const address = usePlayerAddress()
  const url = address(base)
  const name = `Streaming Message ${desk.roomId}`

  return (
    <Page title={t('live.share')}>
      <div className="flex max-w-3xl flex-col gap-6">
        <Group title={t('share.link')} hint={t('share.linkHint')}>
          <div className="flex flex-wrap items-start gap-6">
            <div className="flex min-w-60 flex-1 flex-col gap-3">
              <CopyField label={t('share.address')} value={url}>
                <OpenPlayerLink href={url} />
              </CopyField>
              {addresses.length > 1 && (
                <div className="flex flex-wrap gap-1">
                  {addresses.map(address => (
                    <button
                      key={address.url}
                      type="button"
                      aria-pressed={address.url === base}
                      className="btn btn-xs aria-pressed:border-primary aria-pressed:text-primary"
                      onClick={() => setPicked(address.url)}
                    >
                      {t(`live.${address.kind}`)} · {new URL(address.url).hostname}
                    </button>
                  ))}
                </div>
              )}
              {lan.length === 0 && <Notice>{t('share.lanOff')}</Notice>}
              <button
                type="button"
                className="btn btn-sm self-start"
                onClick={() => desk.say({ speaker: t('share.testSpeaker'), text: t('share.testLine') })}
              >
                {t('share.test')}
              </button>
            </div>
            <figure className="flex-none">
              <QrCode url={url} />
              {lan.length > 0 && (
                <figcaption className="mt-1 w-36 text-quiet text-xs">{t('share.scan')}</figcaption>
              )}
            </figure>
          </div>
        </Group>
        <Group title={t('share.obs')}>
          <ObsButton />
          <div className="flex flex-wrap items-center gap-3">
            <a
              href={obsDragUrl(address(local.url), name)}
              draggable
              className="btn btn-sm cursor-grab border-dashed"
              onClick={event => event.preventDefault()}
            >
              <GripVertical className="icon" aria-hidden="true" />
              {t('share.drag')}
            </a>
            <p className="min-w-48 flex-1 text-quiet text-xs">{t('share.dragHint', { name })}</p>
          </div>
          <ObsSteps />
          <div>
            <p className="font-medium text-sm">{t('share.loader')}</p>
            <p className="mb-1 text-quiet text-xs">{t('share.loaderHint')}</p>
            <a
              href={`/loader.html?${new URLSearchParams({ room: desk.roomId, ...key })}`}
              download="streaming-message.html"
              className="btn btn-sm"
            >
              <Download className="icon" aria-hidden="true" />
              {t('share.loaderGet')}
            </a>
          </div>
          <CopyField
            label={t('share.dock')}
            hint={t('share.dockHint')}
            value={`${local.url}/admin${desk.roomId === DEFAULT_ROOM ? '' : `?room=${desk.roomId}`}`}
          />
        </Group>
        <Group title={t('share.backlog')} hint={t('share.backlogHint')}>
          <CopyField label={t('share.address')} value={address(base, '/history')} />
        </Group>
        {reach?.apiToken && (
          <Group title={t('share.curl')} hint={t('share.curlHint')}>
            <SecretField
              label="curl"
              value={`curl ${local.url}/api/v1/rooms/${desk.roomId}/messages -H "Authorization: Bearer ${reach.apiToken}" -H "Content-Type: application/json" -d '{"speaker":"Bot","data":{"message":"Hello"}}'`}
            />
          </Group>
        )}
      </div>
    </Page>
  )
}
