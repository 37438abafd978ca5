import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../lib/clipboard.ts'

interface CopyButtonProps {
  text: string
  /** What is copied, for the accessible name. */
  what: string
  /** Shows the word beside the icon. */
  wide?: boolean
  /** Called when the browser refuses: the caller selects the text. */
  onRefused?: () => void
}

export function CopyButton({ text, what, wide = false, onRefused }: CopyButtonProps) {
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
      className={`btn btn-sm ${wide ? 'btn-primary' : 'btn-square btn-ghost'}`}
      aria-label={name}
      title={name}
      onClick={() => void copy()}
    >
      <Icon className="icon" aria-hidden="true" />
      {wide && word}
    </button>
  )
}
