import { ExternalLink, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useSessionState } from '../../desk/context.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { playerUrl } from './player-url.ts'

/** What a newcomer must paste: the player's address, and the token for programs. */
export function Addresses() {
  const { t } = useTranslation()
  const { roomId } = useDesk()
  const reach = useSessionState(state => state.reach)
  const [shown, setShown] = useState(false)
  const base = reach?.addresses[0]?.url ?? location.origin
  const url = playerUrl(base, roomId)
  return (
    <div className="flex flex-none flex-col gap-2 border-line border-t p-3">
      <div>
        <p className="mb-1 font-medium text-sm">{t('live.playerAddress')}</p>
        <CopyField label={t('live.playerAddress')} value={url}>
          <a
            href={playerUrl('', roomId)}
            target="_blank"
            rel="noreferrer"
            className="btn btn-square btn-ghost btn-sm"
            aria-label={t('live.openPlayer')}
            title={t('live.openPlayer')}
          >
            <ExternalLink className="icon" aria-hidden="true" />
          </a>
        </CopyField>
      </div>
      {reach?.apiToken && (
        <div title={t('live.tokenHint')}>
          <p className="mb-1 font-medium text-sm">{t('live.apiToken')}</p>
          <CopyField label={t('live.apiToken')} value={reach.apiToken} secret={!shown}>
            <IconButton
              icon={shown ? EyeOff : Eye}
              label={shown ? t('live.hideToken') : t('live.showToken')}
              onClick={() => setShown(!shown)}
            />
          </CopyField>
        </div>
      )}
    </div>
  )
}
