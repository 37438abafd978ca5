import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'

interface CopyFieldProps {
  label: string
  value: string
  /** Shown as dots. */
  secret?: boolean
  children?: ReactNode
}

/** A text that a newcomer must paste elsewhere. */
export function CopyField({ label, value, secret = false, children }: CopyFieldProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState(false)
  return (
    <div>
      <div className="flex items-center gap-1">
        <input
          ref={field}
          className="input input-sm min-w-0 flex-1 font-mono text-xs"
          readOnly
          aria-label={label}
          type={secret ? 'password' : 'text'}
          value={value}
          onFocus={event => event.currentTarget.select()}
        />
        <CopyButton
          text={value}
          what={label}
          onRefused={() => {
            field.current?.focus()
            setRefused(true)
          }}
        />
        {children}
      </div>
      {refused && <p className="mt-1 text-warning-content text-xs">{t('common.copyFailed')}</p>}
    </div>
  )
}
