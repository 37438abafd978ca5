import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { METALS } from '../../../../../shared/markup/names.ts'
import { usePreferences } from '../../../desk/context.ts'
import { Tabs } from '../../../ui/tabs.tsx'
import { type Format, tag } from '../format.ts'
import { contrast, contrastLevel, EVEN_MOVES, GRADIENTS, MOVES, PALETTE } from '../palette.ts'
import { useBoxColour } from '../use-box-colour.ts'
import { Grid } from './grid.tsx'
import './palette.css'
import { ComposerPanel } from './panel.tsx'

/** Colours remembered. */
const RECENT = 12

const STRENGTHS = [1, 2, 3] as const

interface PalettePanelProps {
  onPick(format: Format, stay: boolean): void
  onClose(): void
}

/** Colours of letters and of what is behind them, gradients, and how letters move. */
export function PalettePanel({ onPick, onClose }: PalettePanelProps) {
  const { t } = useTranslation()
  const [{ recentColours }, setPreferences] = usePreferences()
  const [part, setPart] = useState<'text' | 'behind'>('text')
  const [custom, setCustom] = useState('#ffd88a')
  const [strength, setStrength] = useState<1 | 2 | 3>(2)
  const [looked, setLooked] = useState<string | null>(null)
  const box = useBoxColour()

  function pickColour(hex: string, stay: boolean): void {
    setPreferences({ recentColours: [hex, ...recentColours.filter(other => other !== hex)].slice(0, RECENT) })
    onPick(tag(`${part === 'text' ? 'color' : 'bg'}=${hex}`), stay)
  }
  const swatch = (hex: string, name: string) => (
    <button
      key={hex}
      type="button"
      aria-label={name}
      title={`${name} ${hex}`}
      className="flex size-7 min-w-0 shrink items-center justify-center rounded-field hover:bg-base-300"
      onPointerEnter={() => setLooked(hex)}
      onFocus={() => setLooked(hex)}
      onClick={event => pickColour(hex, event.shiftKey)}
    >
      <span
        className="aspect-square w-5 max-w-[80%] rounded-sm ring-1 ring-base-content/15"
        style={{ background: hex }}
      />
    </button>
  )

  return (
    <ComposerPanel
      title={t('picker.palette')}
      onClose={onClose}
      head={
        <Tabs<'text' | 'behind'>
          label={t('picker.part')}
          value={part}
          options={(['text', 'behind'] as const).map(value => ({ value, label: t(`picker.${value}`) }))}
          onChange={setPart}
        />
      }
    >
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <div className="min-w-0 max-md:w-full">
          {PALETTE.map(row => (
            <Grid key={row[0]!.tone} row label={t(`palette.${row[0]!.tone}`)}>
              {row.map(({ hex, hue, tone }) =>
                swatch(
                  hex,
                  hue === 'grey'
                    ? t(`palette.grey-${tone}`)
                    : t('palette.named', { hue: t(`palette.${hue}`), tone: t(`palette.${tone}`) }),
                ),
              )}
            </Grid>
          ))}
          <div className="mt-1 flex items-center gap-1">
            <input
              type="color"
              className="h-8 w-10 flex-none cursor-pointer rounded-field border border-line bg-base-100 p-1"
              aria-label={t('picker.anyColour')}
              value={custom}
              onChange={event => {
                setCustom(event.target.value)
                setLooked(event.target.value)
              }}
            />
            <button
              type="button"
              className="btn btn-sm"
              onClick={event => pickColour(custom, event.shiftKey)}
            >
              {t('picker.use')} <span className="font-mono text-xs">{custom}</span>
            </button>
          </div>
          {recentColours.length > 0 && (
            <div className="mt-1">
              <p className="text-quiet text-xs">{t('picker.recent')}</p>
              <Grid label={t('picker.recent')}>{recentColours.map(hex => swatch(hex, hex))}</Grid>
            </div>
          )}
        </div>
        <div className="min-w-56 max-w-96 flex-1">
          <Contrast colour={looked ?? custom} box={part === 'text' ? box : null} />
          <p className="mt-1 text-quiet text-xs">{t('picker.gradients')}</p>
          <Grid label={t('picker.gradients')}>
            {GRADIENTS.map((colours, index) => (
              <button
                key={colours.join()}
                type="button"
                aria-label={t('picker.gradient', { number: index + 1 })}
                title={colours.join(', ')}
                className="flex h-8 items-center justify-center rounded-field px-1 hover:bg-base-300"
                onClick={event => onPick(tag(`gradient=${colours.join(', ')}`), event.shiftKey)}
              >
                <span
                  className="h-5 w-10 rounded-sm ring-1 ring-base-content/15"
                  style={{ background: `linear-gradient(90deg, ${colours.join(', ')})` }}
                />
              </button>
            ))}
          </Grid>
          <Grid label={t('picker.metals')}>
            {(Object.keys(METALS) as (keyof typeof METALS)[]).map(metal => (
              <button
                key={metal}
                type="button"
                className="flex h-8 items-center gap-1 rounded-field px-1 text-sm hover:bg-base-300"
                onClick={event => onPick(tag(`metal=${metal}`), event.shiftKey)}
              >
                <span
                  className="h-5 w-5 rounded-sm ring-1 ring-base-content/15"
                  style={{ background: `linear-gradient(180deg, ${METALS[metal].join(', ')})` }}
                />
                {t(`picker.${metal}`)}
              </button>
            ))}
          </Grid>
          <div className="mt-1 flex items-center gap-2">
            <p className="text-quiet text-xs">{t('picker.moves')}</p>
            <fieldset aria-label={t('picker.strength')} className="flex gap-1">
              {STRENGTHS.map(value => (
                <button
                  key={value}
                  type="button"
                  aria-pressed={value === strength}
                  className="btn btn-ghost btn-xs aria-pressed:bg-primary/10 aria-pressed:text-primary"
                  onClick={() => setStrength(value)}
                >
                  {t(`picker.strength-${value}`)}
                </button>
              ))}
            </fieldset>
          </div>
          <Grid label={t('picker.moves')}>
            {MOVES.map(move => (
              <button
                key={move}
                type="button"
                className="flex h-8 items-center rounded-field px-2 text-sm hover:bg-base-300"
                onClick={event =>
                  onPick(
                    tag(EVEN_MOVES.includes(move) || strength === 2 ? move : `${move}=${strength}`),
                    event.shiftKey,
                  )
                }
              >
                <span className={`move-${move}`}>{t(`picker.${move}`)}</span>
              </button>
            ))}
          </Grid>
          <p className="mt-1 text-quiet text-xs pointer-coarse:hidden">{t('picker.shift')}</p>
        </div>
      </div>
    </ComposerPanel>
  )
}

/**
 * How well a colour can be read in the box of the room's theme. It keeps its place, of two rows, where it has one only, or has
 * nothing to say (yet): the colours would move away from under the pointer.
 */
function Contrast({ colour, box }: { colour: string; box: string | null }) {
  const { t } = useTranslation()
  const ratio = contrast(colour, box ?? colour)
  const level = contrastLevel(ratio)
  return (
    <p
      className={`flex min-h-10 items-center gap-2 text-sm ${box === null ? 'invisible' : ''}`}
      aria-live="polite"
    >
      <span
        className="flex-none rounded-field px-2 py-0.5 font-semibold"
        style={{ background: box ?? colour, color: colour }}
        aria-hidden="true"
      >
        {t('picker.sample')}
      </span>
      <span className={level === 'poor' ? 'text-error' : 'text-quiet'}>
        {t('picker.contrast', { ratio: ratio.toFixed(1) })} · {t(`picker.level-${level}`)}
      </span>
    </p>
  )
}
