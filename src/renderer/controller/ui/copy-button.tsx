import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../lib/clipboard.ts'

interface CopyButtonProps {
  text: string
  /** What is copied, for the accessible name. */
  what: string
  /** Called when the browser refuses: the caller selects the text. */
  onRefused?: () => void
}

export function CopyButton({ text, what, onRefused }: CopyButtonProps) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_600)
    return () => clearTimeout(timer)
  }, [copied])

  async function copy(): Promise<void> {
    if (await copyText(text)) setCopied(true)
    else onRefused?.()
  }

  const Icon = copied ? Check : Copy
  const word = copied ? t('common.copied') : t('common.copy')
  const name = t('common.named', { what: word, name: what })
  return (
    <button
      type="button"
      className="btn btn-square btn-ghost btn-sm"
      aria-label={name}
      title={name}
      onClick={() => void copy()}
    >
      <Icon className="icon" aria-hidden="true" />
    </button>
  )
}
