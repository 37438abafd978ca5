import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../api/request.ts'
import { dateStamp } from '../lib/date-stamp.ts'
import { downloadText, pickFile } from '../lib/files.ts'
import { useOnce } from '../lib/use-once.ts'
import { useFailureWords } from '../ui/use-failure-words.ts'

export interface PresetFileParts<Counts> {
  /** The beginning of the saved file's name. */
  name: string
  save(): Promise<Result<object>>
  load(content: unknown): Promise<Result<Counts>>
  /** What an import has done, in words. */
  imported(counts: Counts): string
  /** Called when the list has changed by it. */
  onImported(): void
}

export interface PresetFiles {
  /** What came of the last file, in words. */
  note: { tone: 'info' | 'error'; text: string } | null
  busy: boolean
  importFile(): Promise<void>
  exportFile(): Promise<void>
}

/** A list as a file to take along, and from one. What is wrong with a file is said; nothing half of it is taken. */
export function usePresetFiles<Counts>(parts: PresetFileParts<Counts>): PresetFiles {
  const { t } = useTranslation()
  const say = useFailureWords()
  const [note, setNote] = useState<PresetFiles['note']>(null)
  const [busy, once] = useOnce()
  const during = (work: () => Promise<PresetFiles['note']>) => once(async () => setNote(await work()))

  return {
    note,
    busy,
    exportFile: () =>
      during(async () => {
        const answer = await parts.save()
        if (!answer.ok) return { tone: 'error', text: say(answer.failure) }
        downloadText(`${parts.name}-${dateStamp(new Date())}.json`, JSON.stringify(answer.value, null, 2))
        return null
      }),
    async importFile() {
      const file = await pickFile('.json,application/json')
      if (!file) return
      await during(async () => {
        let content: unknown
        try {
          content = JSON.parse(await file.text())
        } catch {
          return { tone: 'error', text: t('common.notJson', { name: file.name }) }
        }
        const answer = await parts.load(content)
        if (!answer.ok)
          return { tone: 'error', text: t('common.named', { what: file.name, name: say(answer.failure) }) }
        parts.onImported()
        return { tone: 'info', text: parts.imported(answer.value) }
      })
    },
  }
}
