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
  return (
    <div className="flex flex-none flex-col gap-2 border-line border-t px-4 pt-2 pb-3">
      <CopyField label={t('live.playerAddress')} value={playerUrl(base, roomId)}>
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
      {reach?.apiToken && (
        <CopyField
          label={t('live.apiToken')}
          value={reach.apiToken}
          secret={!shown}
          hint={t('live.tokenHint')}
        >
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? t('live.hideToken') : t('live.showToken')}
            onClick={() => setShown(!shown)}
          />
        </CopyField>
      )}
    </div>
  )
}
