import { useTranslation } from 'react-i18next'
import type { EmoteLook } from '../../../../../shared/emote.ts'
import { Grid } from './grid.tsx'

interface EmoteGridProps {
  emotes: EmoteLook[]
  onPick(text: string, stay: boolean): void
}

/** The room's emotes; a press writes the name. */
export function EmoteGrid({ emotes, onPick }: EmoteGridProps) {
  const { t } = useTranslation()
  return (
    <Grid label={t('picker.emotes')}>
      {emotes.map(({ name, url }, index) => (
        <button
          key={name}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          title={`:${name}:`}
          aria-label={name}
          className="flex size-12 items-center justify-center rounded-field p-1 hover:bg-base-300"
          onClick={event => onPick(`:${name}:`, event.shiftKey)}
        >
          <img src={url} alt="" loading="lazy" className="max-h-full max-w-full object-contain" />
        </button>
      ))}
    </Grid>
  )
}
