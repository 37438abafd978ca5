import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../../desk/context.ts'
import { canVibrate } from '../../../lib/vibrate.ts'
import { Field } from '../../../ui/field.tsx'
import { Slider } from '../../../ui/slider.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { CARET } from '../dress.ts'
import { ComposerPanel } from './panel.tsx'

/** What each line gets on its way out, until it is changed here. */
export function OptionsPanel({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const [{ lineSpeed, quotes, quoteBefore, quoteAfter, template, lineEach, sendKey, vibrate }, set] =
    usePreferences()
  return (
    <ComposerPanel title={t('picker.options')} onClose={onClose}>
      <div className="grid gap-x-8 gap-y-4 py-1 md:grid-cols-2">
        <Slider
          label={t('picker.speed')}
          value={lineSpeed}
          min={0.25}
          max={4}
          step={0.25}
          format={count => t('speakers.times', { count })}
          onChange={speed => set({ lineSpeed: speed })}
        />
        <Field label={t('picker.template')} hint={t('picker.templateHint', { caret: CARET })}>
          {control => (
            <div className="flex gap-2">
              <input
                {...control}
                className="input input-sm min-w-0 flex-1"
                maxLength={500}
                value={template}
                onChange={event => set({ template: event.target.value })}
              />
              <button
                type="button"
                className="btn btn-sm font-mono text-xs"
                disabled={template.includes(CARET)}
                onClick={() => set({ template: template + CARET })}
              >
                {CARET}
              </button>
            </div>
          )}
        </Field>
        <div className="flex flex-col gap-2">
          <Switch label={t('picker.quotes')} checked={quotes} onChange={value => set({ quotes: value })} />
          <div className="flex gap-2">
            {(['quoteBefore', 'quoteAfter'] as const).map(name => (
              <input
                key={name}
                className="input input-sm w-20"
                aria-label={t(`picker.${name}`)}
                maxLength={20}
                disabled={!quotes}
                value={name === 'quoteBefore' ? quoteBefore : quoteAfter}
                onChange={event => set({ [name]: event.target.value })}
              />
            ))}
          </div>
        </div>
        <div className="flex flex-col gap-2">
          <Switch
            label={t('live.lineEach')}
            checked={lineEach}
            onChange={value => set({ lineEach: value })}
          />
          <Switch
            label={t('picker.enterSends')}
            hint={t(sendKey === 'enter' ? 'live.sendHintEnter' : 'live.sendHintCtrl')}
            checked={sendKey === 'enter'}
            onChange={enter => set({ sendKey: enter ? 'enter' : 'ctrl-enter' })}
          />
          {canVibrate() && (
            <Switch
              label={t('picker.vibrate')}
              checked={vibrate}
              onChange={value => set({ vibrate: value })}
            />
          )}
        </div>
      </div>
    </ComposerPanel>
  )
}
