import { useTranslation } from 'react-i18next'
import { Addresses } from '../features/share/addresses.tsx'
import { Page } from '../ui/page.tsx'
import type { Section } from './sections.ts'

/** What each section other than Live shows. */
export function SectionPage({ section }: { section: Section }) {
  const { t } = useTranslation()
  return (
    <Page title={t(`live.${section}`)}>
      <Addresses />
    </Page>
  )
}
