import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TIMBRES } from '../../../../shared/sounds.ts'
import { type Speaker, type SpeakerInput, speakerInput } from '../../../../shared/speaker.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { Choice } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Slider } from '../../ui/slider.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { ColourField } from './colour-field.tsx'
import { Expressions } from './expressions.tsx'
import { PictureField } from './picture-field.tsx'
import { ThemeChoice } from './theme-choice.tsx'

interface SpeakerEditorProps {
  /** Null: a new one. */
  speaker: Speaker | null
  /** @param id whom to show now; null = nobody. */
  onDone(id: string | null): void
}

const blank = speakerInput.parse({ name: '?' })

/** All of one speaker. Saved as a whole; what is typed stays when the server refuses it. */
export function SpeakerEditor({ speaker, onDone }: SpeakerEditorProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const [input, setInput] = useState<SpeakerInput>(() => {
    if (!speaker) return { ...blank, name: '' }
    const { id: _, ...rest } = speaker
    return rest
  })
  const [failure, setFailure] = useState<Failure | null>(null)
  const [nameProblem, setNameProblem] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  const set = (part: Partial<SpeakerInput>) => {
    setInput(before => ({ ...before, ...part }))
    setSaved(false)
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const name = input.name.trim()
    const others = desk.speakers.store.getState().items.filter(item => item.id !== speaker?.id)
    if (name === '') return setNameProblem(t('speakers.nameNeeded'))
    if (others.some(item => item.name === name)) return setNameProblem(t('speakers.nameTaken'))
    setNameProblem(null)
    const answer = speaker
      ? await desk.speakers.change(speaker.id, { ...input, name })
      : await desk.speakers.create({ ...input, name })
    if (!answer.ok) return setFailure(answer.failure)
    setFailure(null)
    setSaved(true)
    onDone(answer.value.id)
  }

  async function remove(): Promise<void> {
    if (!speaker) return
    const answer = await desk.speakers.remove(speaker.id)
    if (answer.ok || answer.failure.status === 404) onDone(null)
    else setFailure(answer.failure)
  }

  const { voice } = input
  return (
    <form className="flex max-w-xl flex-col gap-5" onSubmit={event => void save(event)}>
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
                autoFocus={!speaker}
              />
            )}
          </Field>
          <ColourField value={input.color} onChange={color => set({ color })} />
        </div>
      </div>
      <Expressions expressions={input.expressions} onChange={expressions => set({ expressions })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label={t('speakers.position')}
          value={input.position}
          options={(['left', 'center', 'right'] as const).map(value => ({
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
      {failure && <Notice tone="error">{say(failure)}</Notice>}
      <div className="flex items-center gap-2">
        <button type="submit" className="btn btn-primary btn-sm">
          {saved ? t('common.saved') : t('common.save')}
        </button>
        <button type="button" className="btn btn-ghost btn-sm" onClick={() => onDone(null)}>
          {t('common.close')}
        </button>
        <span className="flex-1" />
        {speaker && (
          <TwoStepButton
            label={t('common.delete')}
            question={t('common.deleteSure')}
            onConfirm={() => void remove()}
          />
        )}
      </div>
    </form>
  )
}
