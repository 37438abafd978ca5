import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FONTS, type ThemeToken } from '../../../../shared/theme.ts'
import { readColour, writeColour } from '../../lib/colour.ts'
import { Choice } from '../../ui/choice.tsx'
import { Slider } from '../../ui/slider.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useThemeLabel } from '../../ui/use-theme-label.ts'
import { useUnits } from './use-settings.ts'

interface TokenControlProps {
  token: ThemeToken
  label: string
  value: string
  onChange(value: string): void
}

/** The control that fits the token's kind. */
export function TokenControl({ token, label, value, onChange }: TokenControlProps) {
  const words = useThemeLabel()
  const { number } = useUnits()
  if (token.kind === 'colour') return <ColourControl label={label} value={value} onChange={onChange} />
  if (token.kind === 'font') return <FontControl label={label} value={value} onChange={onChange} />
  if (token.kind === 'choice')
    return (
      <Choice
        label={label}
        value={value}
        options={token.options.map(option => ({ value: option.value, label: words(option.label) }))}
        onChange={onChange}
      />
    )
  const parsed = Number.parseFloat(value)
  return (
    <Slider
      label={label}
      value={Number.isFinite(parsed) ? parsed : token.default}
      min={token.min}
      max={token.max}
      step={token.step}
      format={current => `${number(current, 2)}${token.kind === 'length' ? ' px' : ''}`}
      onChange={current => onChange(String(current))}
    />
  )
}

type FieldProps = Omit<TokenControlProps, 'token'>

function ColourControl({ label, value, onChange }: FieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const { percent } = useUnits()
  const context = useMemo(() => document.createElement('canvas').getContext('2d'), [])
  const colour = (context && readColour(value, context)) ?? { hex: '#000000', alpha: 1 }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          type="color"
          className="h-8 w-10 flex-none cursor-pointer rounded-field border border-line bg-base-100 p-1"
          value={colour.hex}
          onChange={event => onChange(writeColour({ ...colour, hex: event.target.value }))}
        />
        <input
          type="range"
          className="h-5 min-w-0 flex-1 cursor-pointer accent-primary"
          aria-label={t('common.named', { what: label, name: t('look.opacity') })}
          aria-valuetext={percent(colour.alpha)}
          min={0}
          max={1}
          step={0.01}
          value={colour.alpha}
          onChange={event => onChange(writeColour({ ...colour, alpha: Number(event.target.value) }))}
        />
        <output className="w-10 text-right text-quiet text-xs tabular-nums">{percent(colour.alpha)}</output>
      </div>
    </div>
  )
}

const OTHER = 'other'

/** One of the fonts that come along, or the name of one that is installed where the player runs. */
function FontControl({ label, value, onChange }: FieldProps) {
  const { t } = useTranslation()
  const isOurs = (FONTS as readonly string[]).includes(value)
  /** Another one is wanted, and not named yet. */
  const [naming, setNaming] = useState(false)
  const isOther = naming || !isOurs
  return (
    <div className="flex flex-col gap-1">
      <Choice
        label={label}
        value={isOther ? OTHER : value}
        options={[
          ...FONTS.map(font => ({ value: font as string, label: t(`look.font-${font}`) })),
          { value: OTHER, label: t('look.fontOther') },
        ]}
        onChange={chosen => {
          setNaming(chosen === OTHER)
          if (chosen !== OTHER) onChange(chosen)
        }}
      />
      {isOther && (
        <TextField
          label={t('look.fontName')}
          value={isOurs ? '' : value}
          maxLength={60}
          // An empty field names no font.
          onChange={name => name !== '' && onChange(name)}
        />
      )}
    </div>
  )
}
