import { Download, Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ThemeSummary } from '../../../../shared/theme.ts'
import { deleteTheme, exportTheme, importTheme } from '../../api/themes.ts'
import { useDesk } from '../../desk/context.ts'
import { downloadText, pickFile } from '../../lib/files.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useThemeLabel } from '../../ui/use-theme-label.ts'
import { useSettings, wearing } from './use-settings.ts'

interface ThemeFilesProps {
  worn: ThemeSummary | undefined
  onChanged(): void
}

/** Themes as files: taken in, given away, and deleted where they do not come with the app. */
export function ThemeFiles({ worn, onChanged }: ThemeFilesProps) {
  const { t } = useTranslation()
  const { request, room } = useDesk()
  const say = useFailureWords()
  const [, change] = useSettings()
  const [problem, setProblem] = useState<string | null>(null)
  const [imported, setImported] = useState<{ name: string; leftOut: string[] } | null>(null)
  const label = useThemeLabel()

  async function load(): Promise<void> {
    const file = await pickFile('.json,application/json')
    if (!file) return
    setImported(null)
    let content: unknown
    try {
      content = JSON.parse(await file.text())
    } catch {
      return setProblem(t('common.notJson', { name: file.name }))
    }
    const answer = await importTheme(request, content)
    setProblem(answer.ok ? null : t('common.named', { what: file.name, name: say(answer.failure) }))
    if (!answer.ok) return
    const { theme, problems } = answer.value
    setImported({ name: label(theme.manifest.name), leftOut: problems })
    onChanged()
  }
  async function save(id: string): Promise<void> {
    const answer = await exportTheme(request, id)
    setProblem(answer.ok ? null : say(answer.failure))
    if (answer.ok) downloadText(`${id}.theme.json`, JSON.stringify(answer.value, null, 2))
  }
  async function remove(id: string): Promise<void> {
    const answer = await deleteTheme(request, id)
    setProblem(answer.ok ? null : say(answer.failure))
    if (!answer.ok) return
    // Another one may have been put on meanwhile.
    if (room.store.getState().settings.look.theme === id) change({ look: wearing('novel') })
    onChanged()
  }

  return (
    <>
      <div className="flex items-center gap-1">
        <IconButton icon={Upload} label={t('look.importTheme')} onClick={() => void load()} />
        {worn && (
          <IconButton
            icon={Download}
            label={t('look.exportTheme')}
            onClick={() => void save(worn.manifest.id)}
          />
        )}
        {worn && !worn.builtIn && (
          <TwoStepButton
            label={t('look.deleteTheme')}
            question={t('common.deleteSure')}
            onConfirm={() => void remove(worn.manifest.id)}
          />
        )}
      </div>
      {problem && <Notice tone="error">{problem}</Notice>}
      {imported && (
        <Notice tone={imported.leftOut.length > 0 ? 'warning' : 'info'}>
          {t('look.themeImported', { name: imported.name })}
          {imported.leftOut.length > 0 && (
            <details>
              <summary className="cursor-pointer">
                {t('look.themeLeftOut', { count: imported.leftOut.length })}
              </summary>
              <ul className="wrap-anywhere max-h-40 overflow-y-auto font-mono text-xs">
                {imported.leftOut.map(what => (
                  <li key={what}>{what}</li>
                ))}
              </ul>
            </details>
          )}
        </Notice>
      )}
    </>
  )
}
