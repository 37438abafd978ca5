import { type ReactNode, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from './copy-button.tsx'

interface CopyFieldProps {
  label: string
  value: string
  hint?: string
  /** Shown as dots. */
  secret?: boolean
  /** More buttons beside the one that copies. */
  children?: ReactNode
}

/** A text that a newcomer must paste elsewhere. */
export function CopyField({ label, value, hint, secret = false, children }: CopyFieldProps) {
  const { t } = useTranslation()
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [refused, setRefused] = useState(false)
  return (
    <div>
      <div className="flex items-center">
        <label htmlFor={id} className="min-w-0 flex-1 font-medium text-sm">
          {label}
        </label>
        {children}
        <CopyButton
          text={value}
          what={label}
          onRefused={() => {
            field.current?.focus()
            setRefused(true)
          }}
        />
      </div>
      <input
        id={id}
        ref={field}
        className="input input-sm w-full px-2 font-mono text-xs"
        readOnly
        type={secret && !refused ? 'password' : 'text'}
        value={value}
        onFocus={event => event.currentTarget.select()}
      />
      {(refused || hint) && (
        <p className="mt-1 text-quiet text-xs" role={refused ? 'alert' : undefined}>
          {refused ? t('common.copyFailed') : hint}
        </p>
      )}
    </div>
  )
}
