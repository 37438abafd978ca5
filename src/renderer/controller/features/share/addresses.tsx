import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDeskStore, useSessionState } from '../../desk/context.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { SecretField } from '../../ui/secret-field.tsx'
import { OpenPlayerLink } from './open-player-link.tsx'
import { usePlayerAddress } from './use-player-address.ts'

/** From so many open players on, the list needs the room more than who is already set up needs the addresses. */
const MANY = 3

/** What a newcomer must paste: the player's address, and the token for programs. Folds away where many players are open. */
export function Addresses() {
  const { t } = useTranslation()
  const id = useId()
  const address = usePlayerAddress()
  const reach = useSessionState(state => state.reach)
  const many = useDeskStore(
    d => d.players.store,
    s => s.players.filter(player => player.place !== 'preview').length >= MANY,
  )
  const [asked, setAsked] = useState<boolean | null>(null)
  const open = asked ?? !many
  const url = address(reach?.addresses[0]?.url ?? location.origin)
  const openPlayer = <OpenPlayerLink href={address('')} />
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <div className="flex flex-none flex-col border-line border-t px-4 py-1">
      <div className="flex items-center">
        <button
          type="button"
          className="-ml-1 flex min-w-0 flex-1 items-center gap-1 rounded-field py-1.5 text-left font-semibold text-sm"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setAsked(!open)}
        >
          <Chevron className="size-4 flex-none text-quiet" aria-hidden="true" />
          <span className="truncate">{t('live.addresses')}</span>
        </button>
        {!open && openPlayer}
        {!open && <CopyButton text={url} what={t('live.playerAddress')} />}
      </div>
      <div id={id} hidden={!open}>
        <div className="flex flex-col gap-2 pb-2">
          <CopyField label={t('live.playerAddress')} value={url}>
            {openPlayer}
          </CopyField>
          {reach?.apiToken && (
            <SecretField label={t('live.apiToken')} value={reach.apiToken} hint={t('live.tokenHint')} />
          )}
        </div>
      </div>
    </div>
  )
}
