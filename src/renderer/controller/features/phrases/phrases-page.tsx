import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportPhrases, importPhrases } from '../../api/phrases.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { ListAndEditor, PresetPage } from '../../presets/preset-page.tsx'
import { usePresetFiles } from '../../presets/use-preset-files.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { PhraseEditor } from './phrase-editor.tsx'
import { PhraseList } from './phrase-list.tsx'
import { ScriptForm } from './script-form.tsx'
import { Variables } from './variables.tsx'

type Tab = 'list' | 'script'

/** Lines for use again: single ones, and whole scripts. */
export function PhrasesPage() {
  const { t } = useTranslation()
  const desk = useDesk()
  const { items, problem } = useDeskStore(
    d => d.phrases.store,
    s => s,
  )
  const [tab, setTab] = useState<Tab>('list')
  const [edited, setEdited] = useState<string | 'new' | null>(null)
  const files = usePresetFiles({
    name: 'phrases',
    save: () => exportPhrases(desk.request),
    load: content => importPhrases(desk.request, content),
    imported: ({ added }) => t('phrases.imported', { added }),
    onImported: () => void desk.phrases.load(),
  })
  const tabs = (
    <Tabs<Tab>
      label={t('live.phrases')}
      value={tab}
      options={(['list', 'script'] as const).map(value => ({ value, label: t(`phrases.${value}`) }))}
      onChange={setTab}
    />
  )
  return (
    <PresetPage
      title={t('live.phrases')}
      newLabel={t('phrases.newPhrase')}
      files={files}
      problem={problem}
      empty={items.length === 0}
      top={tabs}
      listed={tab === 'list'}
      onNew={() => setEdited('new')}
      onRetry={() => void desk.phrases.load()}
    >
      {tab === 'script' ? (
        <ScriptForm />
      ) : (
        <ListAndEditor
          columns="md:grid-cols-[minmax(0,1fr)_20rem]"
          list={<PhraseList edited={edited} onEdit={setEdited} />}
          editor={
            edited !== null && (
              <PhraseEditor
                key={edited}
                id={edited === 'new' ? null : edited}
                onClose={() => setEdited(null)}
              />
            )
          }
          rest={<Variables />}
        />
      )}
    </PresetPage>
  )
}
