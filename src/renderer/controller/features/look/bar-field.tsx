import { useTranslation } from 'react-i18next'
import { BAR_ICONS } from '../../../../shared/bar-icons.ts'
import { Choice } from '../../ui/choice.tsx'
import { TextField } from '../../ui/text-field.tsx'

/** Bars that need no translation. */
const READY = {
  game: 'SAVE LOAD Q.SAVE Q.LOAD :settings: :first: :back: :previous: :next: :forward: :last: :history: :exit:',
  words: 'SAVE LOAD AUTO SKIP LOG CONFIG',
  music: ':heart: | :first: :previous: :play: :next: :last: | :volume: :menu:',
} as const

interface BarFieldProps {
  /** Words, `:icons:` and gaps; empty: no bar. */
  value: string
  onChange(bar: string): void
}

/** The decorative bar of the dialogue box: one that is ready, or one's own. */
export function BarField({ value, onChange }: BarFieldProps) {
  const { t } = useTranslation()
  const ready: Record<string, string> = { '': '', ...READY, battle: t('look.barBattleText') }
  const chosen = Object.keys(ready).find(name => ready[name] === value) ?? 'own'
  return (
    <div className="grid gap-2">
      <Choice
        label={t('look.bar')}
        value={chosen}
        options={[
          { value: '', label: t('look.barNone') },
          { value: 'game', label: t('look.barGame') },
          { value: 'words', label: t('look.barWords') },
          { value: 'music', label: t('look.barMusic') },
          { value: 'battle', label: t('look.barBattle') },
          ...(chosen === 'own' ? [{ value: 'own', label: t('look.barOwn') }] : []),
        ]}
        onChange={name => onChange(ready[name] ?? value)}
      />
      {value !== '' && (
        <TextField
          label={t('look.barText')}
          hint={t('look.barHint', {
            icons: Object.keys(BAR_ICONS)
              .map(name => `:${name}:`)
              .join(' '),
          })}
          value={value}
          maxLength={200}
          onChange={onChange}
        />
      )}
    </div>
  )
}
