import { useTranslation } from 'react-i18next'

/** Twelve colours that stand apart on a dark box and on a light one. */
const COLOURS = [
  '#e5484d',
  '#e0762f',
  '#c99a2e',
  '#7ba23f',
  '#3f9d5b',
  '#2d9d92',
  '#2f8fb5',
  '#4a6fdc',
  '#6f5fd6',
  '#9b59c9',
  '#d0559a',
  '#8a7565',
]

/** A colour from the palette or any other; none: the player makes one from the name. */
export function ColourField({ value, onChange }: { value: string; onChange(colour: string): void }) {
  const { t } = useTranslation()
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-sm">{t('speakers.colour')}</legend>
      <div className="flex flex-wrap items-center gap-1">
        <button
          type="button"
          aria-pressed={value === ''}
          className="btn btn-sm aria-pressed:border-primary"
          onClick={() => onChange('')}
        >
          {t('speakers.noColour')}
        </button>
        {COLOURS.map(colour => (
          <button
            key={colour}
            type="button"
            aria-label={colour}
            aria-pressed={value === colour}
            className="flex size-8 items-center justify-center rounded-full border-2 border-transparent aria-pressed:border-primary"
            onClick={() => onChange(colour)}
          >
            <span className="size-5 rounded-full" style={{ background: colour }} />
          </button>
        ))}
        <input
          type="color"
          className="h-8 w-10 cursor-pointer rounded-field border border-line bg-base-100 p-1"
          aria-label={t('speakers.colour')}
          value={value || '#808080'}
          onChange={event => onChange(event.target.value)}
        />
      </div>
    </fieldset>
  )
}
