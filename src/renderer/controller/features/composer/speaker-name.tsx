import { type KeyboardEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { LIMITS } from '../../../../shared/limits.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { isComposing } from '../../lib/keys.ts'

/** Who speaks. Any name will do; presets are offered. Enter goes on to the line. */
export function SpeakerName({ wide }: { wide: boolean }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const list = useId()
  const speaker = useDeskStore(
    d => d.draft.store,
    s => s.speaker,
  )
  const presets = useDeskStore(
    d => d.speakers.store,
    s => s.items,
  )
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return
    event.preventDefault()
    focusComposer()
  }
  return (
    <>
      <input
        className={`input ${wide ? 'h-9 w-full' : 'h-10 w-40 flex-none'}`}
        aria-label={t('live.speaker')}
        placeholder={t('live.speaker')}
        list={list}
        maxLength={LIMITS.speakerLength}
        autoComplete="off"
        spellCheck={false}
        value={speaker}
        onChange={event => desk.draft.setSpeaker(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <datalist id={list}>
        {presets.map(preset => (
          <option key={preset.id} value={preset.name} />
        ))}
      </datalist>
    </>
  )
}
