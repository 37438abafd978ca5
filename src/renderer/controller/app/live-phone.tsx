import { ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../desk/context.ts'
import { PlayerControls } from '../features/controls/player-controls.tsx'
import { Lines } from '../features/lines/lines.tsx'
import { Preview } from '../features/preview/preview.tsx'
import { Queue } from '../features/queue/queue.tsx'
import { Welcome } from '../features/share/welcome.tsx'
import { IconButton } from '../ui/icon-button.tsx'

/** The live section in one column; the preview folds away. */
export function LivePhone() {
  const { t } = useTranslation()
  const [{ preview }, setPreferences] = usePreferences()
  return (
    <div className="flex h-full min-h-0 flex-col">
      {preview && (
        <div className="flex-none p-2 pb-0">
          <Preview className="aspect-video w-full" />
        </div>
      )}
      <div className="flex h-11 flex-none items-center gap-1 border-line border-b px-2">
        <div className="flex-1">
          <PlayerControls />
        </div>
        <IconButton
          icon={preview ? ChevronUp : ChevronDown}
          label={t('live.preview')}
          aria-expanded={preview}
          onClick={() => setPreferences({ preview: !preview })}
        />
      </div>
      <Welcome />
      <Lines />
      <Queue hideEmpty className="max-h-2/5 flex-none border-line border-t" />
    </div>
  )
}
