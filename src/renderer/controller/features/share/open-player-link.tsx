import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'

/** Opens the player in a tab of its own. @param href its address */
export function OpenPlayerLink({ href }: { href: string }) {
  const { t } = useTranslation()
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="btn btn-square btn-ghost btn-sm"
      aria-label={t('live.openPlayer')}
      title={t('live.openPlayer')}
    >
      <ExternalLink className="icon" aria-hidden="true" />
    </a>
  )
}
