import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../ui/text-field.tsx'

interface VoiceFieldProps {
  /** A voice's name; empty = the player's choice. */
  value: string
  onChange(voice: string): void
}

/**
 * The voice that reads aloud. The voices of this computer are offered; the player may run on another one, so any name
 * can be written.
 */
export function VoiceField({ value, onChange }: VoiceFieldProps) {
  const { t } = useTranslation()
  return (
    <TextField
      label={t('look.voice')}
      hint={t('look.voiceHint')}
      value={value}
      maxLength={200}
      placeholder={t('look.voiceAuto')}
      suggestions={useVoices()}
      onChange={onChange}
    />
  )
}

/** Names of this computer's voices; browsers find them a moment after the page has opened. */
function useVoices(): string[] {
  const [names, setNames] = useState<string[]>([])
  useEffect(() => {
    const synthesis = window.speechSynthesis as SpeechSynthesis | undefined
    if (!synthesis) return
    const read = () => setNames([...new Set(synthesis.getVoices().map(voice => voice.name))].sort())
    read()
    synthesis.addEventListener('voiceschanged', read)
    return () => synthesis.removeEventListener('voiceschanged', read)
  }, [])
  return names
}
