import { Download, Plus, Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportPhrases, importPhrases } from '../../api/phrases.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { dateStamp, downloadText, pickFile } from '../../lib/files.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { PhraseEditor } from './phrase-editor.tsx'
import { PhraseList } from './phrase-list.tsx'
import { ScriptForm } from './script-form.tsx'
import { Variables } from './variables.tsx'

/** Lines for use again: single ones, and whole scripts. */
export function PhrasesPage() {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const { items, problem } = useDeskStore(
    d => d.phrases.store,
    s => s,
  )
  const [tab, setTab] = useState<'list' | 'script'>('list')
  const [edited, setEdited] = useState<string | 'new' | null>(null)
  const [note, setNote] = useState<{ tone: 'info' | 'error'; text: string } | null>(null)

  async function save(): Promise<void> {
    const answer = await exportPhrases(desk.request)
    if (!answer.ok) return setNote({ tone: 'error', text: say(answer.failure) })
    downloadText(`phrases-${dateStamp(new Date())}.json`, JSON.stringify(answer.value, null, 2))
  }
  async function load(): Promise<void> {
    const file = await pickFile('.json,application/json')
    if (!file) return
    let content: unknown
    try {
      content = JSON.parse(await file.text())
    } catch {
      return setNote({ tone: 'error', text: t('speakers.notJson') })
    }
    const answer = await importPhrases(desk.request, content)
    if (!answer.ok) return setNote({ tone: 'error', text: say(answer.failure) })
    setNote({ tone: 'info', text: t('phrases.imported', { added: answer.value.added }) })
    void desk.phrases.load()
  }

  const actions = tab === 'list' && (
    <>
      <IconButton icon={Upload} label={t('common.import')} onClick={() => void load()} />
      <IconButton
        icon={Download}
        label={t('common.export')}
        disabled={items.length === 0}
        onClick={() => void save()}
      />
      <button type="button" className="btn btn-primary btn-sm" onClick={() => setEdited('new')}>
        <Plus className="icon" aria-hidden="true" />
        {t('phrases.newPhrase')}
      </button>
    </>
  )
  const phrase = items.find(item => item.id === edited) ?? null
  return (
    <Page title={t('live.phrases')} actions={actions}>
      <div className="flex flex-col gap-4">
        <div className="join self-start">
          {(['list', 'script'] as const).map(name => (
            <button
              key={name}
              type="button"
              aria-pressed={tab === name}
              className={`btn join-item btn-sm ${tab === name ? 'border-primary text-primary' : ''}`}
              onClick={() => setTab(name)}
            >
              {t(`phrases.${name}`)}
            </button>
          ))}
        </div>
        {note && <Notice tone={note.tone}>{note.text}</Notice>}
        {problem && <Notice tone="error">{say(problem)}</Notice>}
        {tab === 'script' ? (
          <ScriptForm />
        ) : (
          <div className="grid items-start gap-6 md:grid-cols-[1fr_20rem]">
            <PhraseList edited={edited} onEdit={setEdited} />
            {edited === 'new' || phrase ? (
              <PhraseEditor key={edited} phrase={phrase} onDone={setEdited} />
            ) : (
              <Variables />
            )}
          </div>
        )}
      </div>
    </Page>
  )
}
