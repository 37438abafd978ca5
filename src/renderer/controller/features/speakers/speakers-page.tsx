import { ChevronDown, ChevronUp, Download, MessagesSquare, Plus, Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportSpeakers, importSpeakers } from '../../api/speakers.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { dateStamp, downloadText, pickFile } from '../../lib/files.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { SpeakerEditor } from './speaker-editor.tsx'

/** The presets, and the one that is being edited beside them. */
export function SpeakersPage() {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const { items, loaded, problem } = useDeskStore(
    d => d.speakers.store,
    s => s,
  )
  const [edited, setEdited] = useState<string | 'new' | null>(null)
  const [note, setNote] = useState<{ tone: 'info' | 'error'; text: string } | null>(null)

  async function save(): Promise<void> {
    const answer = await exportSpeakers(desk.request)
    if (!answer.ok) return setNote({ tone: 'error', text: say(answer.failure) })
    downloadText(`speakers-${dateStamp(new Date())}.json`, JSON.stringify(answer.value, null, 2))
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
    const answer = await importSpeakers(desk.request, content)
    if (!answer.ok) return setNote({ tone: 'error', text: say(answer.failure) })
    const { added, changed } = answer.value
    setNote({ tone: 'info', text: t('speakers.imported', { added, changed }) })
    void desk.speakers.load()
  }

  const speaker = items.find(item => item.id === edited)
  const actions = (
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
        {t('speakers.newSpeaker')}
      </button>
    </>
  )
  return (
    <Page title={t('live.speakers')} actions={actions}>
      <div className="flex flex-col gap-3">
        {note && <Notice tone={note.tone}>{note.text}</Notice>}
        {problem && <Notice tone="error">{say(problem)}</Notice>}
        <div className="grid items-start gap-6 md:grid-cols-[minmax(14rem,20rem)_1fr]">
          {loaded && items.length === 0 && edited === null ? (
            <Empty icon={MessagesSquare}>{t('speakers.empty')}</Empty>
          ) : (
            <ol aria-label={t('live.speakers')} className="flex flex-col gap-0.5">
              {items.map((item, index) => (
                <li key={item.id} className="group flex items-center">
                  <button
                    type="button"
                    aria-current={item.id === edited || undefined}
                    className="flex min-w-0 flex-1 items-center gap-2 rounded-field px-2 py-1.5 text-left hover:bg-base-200 aria-[current]:bg-primary/10"
                    onClick={() => setEdited(item.id)}
                  >
                    <Avatar speaker={item} />
                    <span className="min-w-0 flex-1 truncate">{item.name}</span>
                    {index < 9 && <kbd className="text-quiet text-xs">Alt+{index + 1}</kbd>}
                  </button>
                  <IconButton
                    icon={ChevronUp}
                    label={`${t('common.moveUp')}: ${item.name}`}
                    disabled={index === 0}
                    onClick={() => void desk.speakers.move(item.id, index - 1)}
                  />
                  <IconButton
                    icon={ChevronDown}
                    label={`${t('common.moveDown')}: ${item.name}`}
                    disabled={index === items.length - 1}
                    onClick={() => void desk.speakers.move(item.id, index + 1)}
                  />
                </li>
              ))}
            </ol>
          )}
          {edited === 'new' || speaker ? (
            <SpeakerEditor key={edited} speaker={speaker ?? null} onDone={id => setEdited(id)} />
          ) : (
            items.length > 0 && <p className="pt-1.5 text-quiet max-md:hidden">{t('speakers.pick')}</p>
          )}
        </div>
      </div>
    </Page>
  )
}
