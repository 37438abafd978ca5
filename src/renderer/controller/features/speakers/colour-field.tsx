import { useTranslation } from 'react-i18next'

/** Twelve colours that stand apart on a dark box and on a light one, and what the palette calls the nearest of its own. */
const COLOURS = [
  ['#e5484d', 'red'],
  ['#e0762f', 'orange'],
  ['#c99a2e', 'amber'],
  ['#7ba23f', 'lime'],
  ['#3f9d5b', 'green'],
  ['#2d9d92', 'teal'],
  ['#2f8fb5', 'sky'],
  ['#4a6fdc', 'blue'],
  ['#6f5fd6', 'violet'],
  ['#9b59c9', 'purple'],
  ['#d0559a', 'pink'],
  ['#8a7565', 'grey-full'],
] as const

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
        {COLOURS.map(([colour, name]) => (
          <button
            key={colour}
            type="button"
            aria-label={t(`palette.${name}`)}
            title={colour}
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
