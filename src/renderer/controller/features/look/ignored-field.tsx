import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/field.tsx'

interface IgnoredFieldProps {
  /** Characters that are not read aloud. */
  value: string
  onChange(ignored: string): void
}

/** The characters that read-aloud leaves out, one beside the other. */
export function IgnoredField({ value, onChange }: IgnoredFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  // Another desk has chosen others.
  useEffect(() => setTyped(value), [value])
  return (
    <Field label={t('look.speechIgnored')}>
      {control => (
        <input
          {...control}
          className="input input-sm w-full"
          maxLength={200}
          placeholder="～☆♪"
          value={typed}
          onChange={event => setTyped(event.target.value)}
          onBlur={() => typed !== value && onChange(typed)}
        />
      )}
    </Field>
  )
}
