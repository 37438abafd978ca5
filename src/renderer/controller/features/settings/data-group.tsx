import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readBackup, restoreBackup } from '../../api/backup.ts'
import { useDesk, useSessionState } from '../../desk/context.ts'
import { copyText } from '../../lib/clipboard.ts'
import { dateStamp } from '../../lib/date-stamp.ts'
import { downloadBlob, pickFile } from '../../lib/files.ts'
import { Group } from '../../ui/group.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useDiagnostics } from './use-diagnostics.ts'

type Note = { tone: 'info' | 'error'; text: string }

/** All data as one file, out and in; and what to send along when asking for help. */
export function DataGroup() {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const diagnostics = useDiagnostics()
  // The server's token alone may not: a backup holds what signs in.
  const isOwner = useSessionState(state => state.user?.role === 'owner')
  const [busy, setBusy] = useState<'backup' | 'restore' | null>(null)
  const [note, setNote] = useState<Note | null>(null)
  const [asked, setAsked] = useState<File | null>(null)
  const [text, setText] = useState<string | null>(null)

  async function save(): Promise<void> {
    setBusy('backup')
    const answer = await readBackup(desk.request)
    setBusy(null)
    setNote(answer.ok ? null : { tone: 'error', text: say(answer.failure) })
    if (answer.ok) downloadBlob(`streaming-message-${dateStamp(new Date())}.backup.gz`, answer.value)
  }
  async function restore(file: File): Promise<void> {
    setAsked(null)
    setBusy('restore')
    const answer = await restoreBackup(desk.request, file)
    setBusy(null)
    setNote(
      answer.ok
        ? { tone: 'info', text: t('settings.restored') }
        : { tone: 'error', text: t('common.named', { what: file.name, name: say(answer.failure) }) },
    )
  }
  async function copy(): Promise<void> {
    const written = await diagnostics()
    const copied = await copyText(written)
    setNote(copied ? { tone: 'info', text: t('common.copied') } : null)
    setText(copied ? null : written)
  }

  return (
    <Group title={t('settings.data')}>
      {isOwner && (
        <>
          <p className="text-quiet text-sm">{t('settings.backupHint')}</p>
          <div className="flex flex-wrap items-center gap-2">
            <button type="button" className="btn btn-sm" disabled={busy !== null} onClick={() => void save()}>
              {t('settings.backup')}
            </button>
            <button
              type="button"
              className="btn btn-sm"
              disabled={busy !== null}
              onClick={() => void pickFile('.gz,application/gzip').then(setAsked)}
            >
              {t('settings.restore')}
            </button>
            {busy && (
              <p role="status" className="flex items-center gap-2 text-sm">
                <span className="loading loading-spinner loading-sm" aria-hidden="true" />
                {t(busy === 'backup' ? 'settings.backingUp' : 'settings.restoring')}
              </p>
            )}
          </div>
          {asked && (
            <Notice
              tone="warning"
              action={
                <>
                  <button type="button" className="btn btn-error btn-sm" onClick={() => void restore(asked)}>
                    {t('settings.restoreYes')}
                  </button>
                  <button type="button" className="btn btn-ghost btn-sm" onClick={() => setAsked(null)}>
                    {t('common.cancel')}
                  </button>
                </>
              }
            >
              {t('settings.restoreSure', { name: asked.name })}
            </Notice>
          )}
        </>
      )}
      <p className="text-quiet text-sm">{t('settings.diagnosticsHint')}</p>
      <button type="button" className="btn btn-sm self-start" onClick={() => void copy()}>
        {t('settings.copyDiagnostics')}
      </button>
      {text && (
        <textarea
          className="textarea h-40 w-full font-mono text-xs"
          readOnly
          value={text}
          aria-label={t('settings.diagnostics')}
        />
      )}
      {note && <Notice tone={note.tone}>{note.text}</Notice>}
    </Group>
  )
}
