import { useTranslation } from 'react-i18next'
import type { RoomSettings } from '../../../../shared/room.ts'
import { LINE_SOUNDS, TIMBRES } from '../../../../shared/sounds.ts'
import { Choice } from '../../ui/choice.tsx'
import { Group } from '../../ui/group.tsx'
import { Slider } from '../../ui/slider.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useSettings, useUnits } from './use-settings.ts'
import { VoiceField } from './voice-field.tsx'

type EffectSound = RoomSettings['sound']['typing']

/** What is heard: the typing, a new line, the line itself. */
export function SoundGroup() {
  const { t } = useTranslation()
  const [{ sound }, change] = useSettings()
  const { ms, percent } = useUnits()
  return (
    <Group title={t('look.sound')}>
      <Effect
        label={t('look.typingSound')}
        sound={sound.typing}
        timbres={TIMBRES.map(value => ({ value, label: t(`sounds.${value}`) }))}
        onChange={typing => change({ sound: { typing } })}
      />
      <Effect
        label={t('look.lineSound')}
        sound={sound.line}
        timbres={LINE_SOUNDS.map(value => ({ value, label: t(`sounds.${value}`) }))}
        onChange={line => change({ sound: { line } })}
      />
      <Switch
        label={t('look.speech')}
        hint={t('look.speechHint')}
        checked={sound.speech.enabled}
        onChange={enabled => change({ sound: { speech: { enabled } } })}
      />
      {sound.speech.enabled && (
        <div className="grid gap-x-6 gap-y-4 pl-11 sm:grid-cols-2">
          <Slider
            label={t('look.rate')}
            value={sound.speech.rate}
            min={0.5}
            max={2}
            step={0.05}
            format={value => t('speakers.times', { count: Number(value.toFixed(2)) })}
            onChange={rate => change({ sound: { speech: { rate } } })}
          />
          <Slider
            label={t('speakers.pitch')}
            value={sound.speech.pitch}
            min={0}
            max={2}
            step={0.05}
            format={percent}
            onChange={pitch => change({ sound: { speech: { pitch } } })}
          />
          <VoiceField
            value={sound.speech.voice}
            onChange={voice => change({ sound: { speech: { voice } } })}
          />
          <Slider
            label={t('look.volume')}
            value={sound.speech.volume}
            min={0}
            max={1}
            step={0.05}
            format={percent}
            onChange={volume => change({ sound: { speech: { volume } } })}
          />
          <Slider
            label={t('look.speechDelay')}
            value={sound.speech.delayMs}
            min={0}
            max={3_000}
            step={50}
            format={ms}
            onChange={delayMs => change({ sound: { speech: { delayMs } } })}
          />
          <TextField
            label={t('look.speechIgnored')}
            value={sound.speech.ignored}
            maxLength={200}
            placeholder="～☆♪"
            onChange={ignored => change({ sound: { speech: { ignored } } })}
          />
          <div className="sm:col-span-2">
            <Switch
              label={t('look.speechEmoji')}
              checked={sound.speech.emoji}
              onChange={emoji => change({ sound: { speech: { emoji } } })}
            />
          </div>
        </div>
      )}
    </Group>
  )
}

interface EffectProps {
  label: string
  sound: EffectSound
  timbres: { value: string; label: string }[]
  onChange(part: Partial<EffectSound>): void
}

function Effect({ label, sound, timbres, onChange }: EffectProps) {
  const { t } = useTranslation()
  const { percent } = useUnits()
  return (
    <>
      <Switch label={label} checked={sound.enabled} onChange={enabled => onChange({ enabled })} />
      {sound.enabled && (
        <div className="grid gap-x-6 gap-y-4 pl-11 sm:grid-cols-2">
          <Choice
            label={t('look.timbre')}
            value={sound.timbre}
            options={timbres}
            onChange={timbre => onChange({ timbre })}
          />
          <Slider
            label={t('look.volume')}
            value={sound.volume}
            min={0}
            max={1}
            step={0.05}
            format={percent}
            onChange={volume => onChange({ volume })}
          />
        </div>
      )}
    </>
  )
}
