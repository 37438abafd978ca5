import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportSpeakers, importSpeakers } from '../../api/speakers.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { ListAndEditor, PresetPage } from '../../presets/preset-page.tsx'
import { usePresetFiles } from '../../presets/use-preset-files.ts'
import { SpeakerEditor } from './speaker-editor.tsx'
import { SpeakerList } from './speaker-list.tsx'

/** The presets, and the one that is being edited beside them. */
export function SpeakersPage() {
  const { t } = useTranslation()
  const desk = useDesk()
  const { items, problem } = useDeskStore(
    d => d.speakers.store,
    s => s,
  )
  const [edited, setEdited] = useState<string | 'new' | null>(null)
  const files = usePresetFiles({
    name: 'speakers',
    save: () => exportSpeakers(desk.request),
    load: content => importSpeakers(desk.request, content),
    imported: counts => t('speakers.imported', { ...counts }),
    onImported: () => void desk.speakers.load(),
  })
  return (
    <PresetPage
      title={t('live.speakers')}
      newLabel={t('speakers.newSpeaker')}
      files={files}
      problem={problem}
      empty={items.length === 0}
      onNew={() => setEdited('new')}
      onRetry={() => void desk.speakers.load()}
    >
      <ListAndEditor
        columns="md:grid-cols-[minmax(14rem,20rem)_minmax(0,1fr)]"
        list={<SpeakerList edited={edited} onEdit={setEdited} />}
        editor={
          edited !== null && (
            <SpeakerEditor key={edited} id={edited === 'new' ? null : edited} onDone={setEdited} />
          )
        }
        rest={items.length > 0 && <p className="pt-1.5 text-quiet max-md:hidden">{t('speakers.pick')}</p>}
      />
    </PresetPage>
  )
}
