import { useTranslation } from 'react-i18next'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Slider } from '../../ui/slider.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useSettings, useUnits } from './use-settings.ts'

/** What new lines do to those before them, and how long each stays. */
export function QueueGroup() {
  const { t } = useTranslation()
  const [{ queue, longText }, change] = useSettings()
  const { ms, seconds, number } = useUnits()
  const set = (part: Partial<typeof queue>) => change({ queue: part })
  return (
    <Group title={t('look.queue')}>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <Choice
          label={t('look.policy')}
          value={queue.policy}
          options={(['wait', 'replace', 'append'] as const).map(value => ({
            value,
            label: t(`look.${value}`),
          }))}
          onChange={policy => set({ policy })}
        />
        <Choice
          label={t('look.longText')}
          value={longText}
          options={(['fit', 'scroll', 'page'] as const).map(value => ({ value, label: t(`look.${value}`) }))}
          onChange={value => change({ longText: value })}
        />
        <Slider
          label={t('look.holdMs')}
          value={queue.holdMs}
          min={0}
          max={10_000}
          step={100}
          format={seconds}
          onChange={holdMs => set({ holdMs })}
        />
        <Slider
          label={t('look.holdPerChar')}
          value={queue.holdPerCharMs}
          min={0}
          max={300}
          step={5}
          format={ms}
          onChange={holdPerCharMs => set({ holdPerCharMs })}
        />
        <Choice
          label={t('look.overflow')}
          value={queue.overflow}
          options={(['hurry', 'drop-oldest', 'drop-newest'] as const).map(value => ({
            value,
            label: t(`look.${value}`),
          }))}
          onChange={overflow => set({ overflow })}
        />
        <Slider
          label={t('look.maxWaiting')}
          value={queue.maxWaiting}
          min={1}
          max={1_000}
          step={1}
          format={value => number(value, 0)}
          onChange={maxWaiting => set({ maxWaiting })}
        />
        <Slider
          label={t('look.autoHide')}
          value={queue.autoHideMs}
          min={0}
          max={120_000}
          step={1_000}
          format={value => (value === 0 ? t('look.never') : seconds(value))}
          onChange={autoHideMs => set({ autoHideMs })}
        />
        {queue.autoHideMs > 0 && (
          <Slider
            label={t('look.autoHidePerChar')}
            value={queue.autoHidePerCharMs}
            min={0}
            max={300}
            step={5}
            format={ms}
            onChange={autoHidePerCharMs => set({ autoHidePerCharMs })}
          />
        )}
      </div>
      <Switch
        label={t('look.autoAdvance')}
        checked={queue.autoAdvance}
        onChange={autoAdvance => set({ autoAdvance })}
      />
    </Group>
  )
}
