import { DesktopSettings } from '../features/desktop/desktop-settings.tsx'
import { HistoryPage } from '../features/history/history-page.tsx'
import { LookPage } from '../features/look/look-page.tsx'
import { PhrasesPage } from '../features/phrases/phrases-page.tsx'
import { Preview } from '../features/preview/preview.tsx'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import { SharePage } from '../features/share/share-page.tsx'
import { SpeakersPage } from '../features/speakers/speakers-page.tsx'
import type { Section } from './sections.ts'

interface SectionPageProps {
  section: Exclude<Section, 'live'>
  onRoom(room: string): void
}

/** What each section other than Live shows. */
export function SectionPage({ section, onRoom }: SectionPageProps) {
  if (section === 'speakers') return <SpeakersPage />
  if (section === 'phrases') return <PhrasesPage />
  if (section === 'history') return <HistoryPage />
  if (section === 'look')
    return (
      <LookPage preview={<Preview className="mx-auto aspect-video w-full max-w-[30vh] lg:max-w-none" />} />
    )
  if (section === 'share') return <SharePage />
  return (
    <SettingsPage onRoom={onRoom}>
      <DesktopSettings />
    </SettingsPage>
  )
}
