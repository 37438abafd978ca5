import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TIMBRES } from '../../../../shared/sounds.ts'
import { type Speaker, type SpeakerInput, speakerInput } from '../../../../shared/speaker.ts'
import { POSITIONS } from '../../../../shared/sprites.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { EditorFoot } from '../../presets/editor-foot.tsx'
import { usePresetEditor } from '../../presets/use-preset-editor.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Slider } from '../../ui/slider.tsx'
import { ColourField } from './colour-field.tsx'
import { Expressions } from './expressions.tsx'
import { PictureField } from './picture-field.tsx'
import { ThemeChoice } from './theme-choice.tsx'

interface SpeakerEditorProps {
  /** Null: a new one. */
  id: string | null
  /** @param id whom to show now; null = nobody. */
  onDone(id: string | null): void
}

const { name: _, ...blank } = speakerInput.parse({ name: '?' })

function toInput(speaker: Speaker | null): SpeakerInput {
  if (!speaker) return { name: '', ...blank }
  const { id: _, ...input } = speaker
  return input
}

/** All of one speaker, saved as a whole. */
export function SpeakerEditor({ id, onDone }: SpeakerEditorProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const items = useDeskStore(
    d => d.speakers.store,
    s => s.items,
  )
  const [nameProblem, setNameProblem] = useState<string | null>(null)
  const model = usePresetEditor<Speaker, SpeakerInput>({
    items,
    id,
    toInput,
    collection: desk.speakers,
    check(input, own) {
      const name = input.name.trim()
      const taken = items.some(item => item.id !== own && item.name === name)
      setNameProblem(name === '' ? t('speakers.nameNeeded') : taken ? t('speakers.nameTaken') : null)
      return name === '' || taken ? null : { ...input, name }
    },
    onSaved: onDone,
    onRemoved: () => onDone(null),
  })
  const { input, set } = model
  const { voice } = input
  return (
    <form className="flex max-w-xl flex-col gap-5" onSubmit={event => void model.save(event)}>
      <div className="flex items-start gap-4">
        <PictureField
          label={t('speakers.avatar')}
          asset={input.avatar}
          onChange={avatar => set({ avatar })}
        />
        <div className="flex min-w-0 flex-1 flex-col gap-4">
          <Field label={t('common.name')} error={nameProblem}>
            {control => (
              <input
                {...control}
                className="input w-full"
                value={input.name}
                maxLength={100}
                autoComplete="off"
                onChange={event => set({ name: event.target.value })}
                // biome-ignore lint/a11y/noAutofocus: a new speaker was asked for just now
                autoFocus={id === null}
              />
            )}
          </Field>
          <ColourField value={input.color} onChange={color => set({ color })} />
        </div>
      </div>
      <Expressions
        expressions={input.expressions}
        onChange={change => set(before => ({ expressions: change(before.expressions) }))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={t('speakers.position')}
          value={input.position}
          options={POSITIONS.map(value => ({
            value,
            label: t(`speakers.${value}`),
          }))}
          onChange={position => set({ position })}
        />
        <Slider
          label={t('speakers.speed')}
          value={input.speed}
          min={0.25}
          max={3}
          step={0.05}
          format={count => t('speakers.times', { count })}
          onChange={speed => set({ speed })}
        />
        <Choice
          label={t('speakers.voice')}
          value={voice.timbre}
          options={[
            { value: '', label: t('speakers.roomVoice') },
            ...TIMBRES.map(value => ({ value, label: t(`sounds.${value}`) })),
          ]}
          onChange={timbre => set({ voice: { ...voice, timbre } })}
        />
        <Slider
          label={t('speakers.pitch')}
          value={voice.pitch}
          min={-12}
          max={12}
          step={1}
          format={count => t('speakers.semitones', { count })}
          onChange={pitch => set({ voice: { ...voice, pitch } })}
        />
        <ThemeChoice value={input.theme} onChange={theme => set({ theme })} />
      </div>
      <EditorFoot model={model} onClose={() => onDone(null)} />
    </form>
  )
}
