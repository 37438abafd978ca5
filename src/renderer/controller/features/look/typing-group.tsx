import { useTranslation } from 'react-i18next'
import { EASING_NAMES, type Easing } from '../../../../shared/easings.ts'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Slider } from '../../ui/slider.tsx'
import { useSettings, useUnits } from './use-settings.ts'

const EFFECTS = ['none', 'fade', 'rise', 'drop', 'blur'] as const

/** How fast and in what manner characters arrive. */
export function TypingGroup() {
  const { t } = useTranslation()
  const [{ typewriter }, change] = useSettings()
  const { ms, percent } = useUnits()
  const set = (part: Partial<typeof typewriter>) => change({ typewriter: part })
  const nameOf = (easing: Easing) => {
    const curve = /^(ease-in-out|ease-in|ease-out)-(sine|cubic|circ|back)$/.exec(easing)
    if (curve === null) return t(`look.${easing as 'linear'}`)
    return t('look.curve', {
      motion: t(`look.${curve[1] as 'ease-in'}`),
      curve: t(`look.${curve[2] as 'sine'}`),
    })
  }
  return (
    <Group title={t('look.typing')}>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <Slider
          label={t('look.charMs')}
          value={typewriter.charMs}
          min={0}
          max={200}
          step={1}
          format={value => (value === 0 ? t('look.atOnce') : ms(value))}
          onChange={charMs => set({ charMs })}
        />
        <Slider
          label={t('look.cjkWeight')}
          value={typewriter.cjkWeight}
          min={0.5}
          max={5}
          step={0.1}
          format={count => t('look.timesLetter', { count })}
          onChange={cjkWeight => set({ cjkWeight })}
        />
        <Slider
          label={t('look.commaPause')}
          value={typewriter.commaPauseMs}
          min={0}
          max={1_000}
          step={20}
          format={ms}
          onChange={commaPauseMs => set({ commaPauseMs })}
        />
        <Slider
          label={t('look.sentencePause')}
          value={typewriter.sentencePauseMs}
          min={0}
          max={2_000}
          step={20}
          format={ms}
          onChange={sentencePauseMs => set({ sentencePauseMs })}
        />
        <Choice
          label={t('look.effect')}
          value={typewriter.effect}
          options={EFFECTS.map(value => ({ value, label: t(`look.${value}`) }))}
          onChange={effect => set({ effect })}
        />
        <Choice
          label={t('look.easing')}
          value={typewriter.easing}
          options={EASING_NAMES.map(value => ({ value, label: nameOf(value) }))}
          onChange={easing => set({ easing })}
        />
        <Slider
          label={t('look.effectMs')}
          value={typewriter.effectMs}
          min={0}
          max={800}
          step={20}
          format={ms}
          onChange={effectMs => set({ effectMs })}
        />
        <Slider
          label={t('look.effectAmount')}
          value={typewriter.effectAmount}
          min={0}
          max={4}
          step={0.25}
          format={percent}
          onChange={effectAmount => set({ effectAmount })}
        />
      </div>
    </Group>
  )
}
