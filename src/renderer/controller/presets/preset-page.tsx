import { Download, Plus, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../api/request.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { Unread } from '../ui/unread.tsx'
import type { PresetFiles } from './use-preset-files.ts'

interface PresetPageProps {
  title: string
  newLabel: string
  files: PresetFiles
  /** Why the list could not be read. */
  problem: Failure | null
  empty: boolean
  /** Over the list. */
  top?: ReactNode
  /** False: the page shows something else than the list. */
  listed?: boolean
  onNew(): void
  onRetry(): void
  children: ReactNode
}

/** A list that is edited here and can be taken along as a file. */
export function PresetPage({ listed = true, files, ...props }: PresetPageProps) {
  const { t } = useTranslation()
  const actions = listed && (
    <>
      <IconButton
        icon={Upload}
        label={t('common.import')}
        disabled={files.busy}
        onClick={() => void files.importFile()}
      />
      <IconButton
        icon={Download}
        label={t('common.export')}
        disabled={props.empty || files.busy}
        onClick={() => void files.exportFile()}
      />
      <button
        type="button"
        className="btn btn-primary btn-sm max-dock:btn-square"
        aria-label={props.newLabel}
        onClick={props.onNew}
      >
        <Plus className="icon" aria-hidden="true" />
        <span className="max-dock:hidden">{props.newLabel}</span>
      </button>
    </>
  )
  return (
    <Page title={props.title} actions={actions}>
      <div className="flex flex-col gap-4">
        {props.top}
        {files.busy && (
          <progress className="progress progress-primary h-1 w-full" aria-label={t('common.busy')} />
        )}
        {files.note && <Notice tone={files.note.tone}>{files.note.text}</Notice>}
        {props.problem && <Unread failure={props.problem} onRetry={props.onRetry} />}
        {props.children}
      </div>
    </Page>
  )
}

/** The list, and beside it the item that is edited; on a narrow page one of the two. */
export function ListAndEditor({
  list,
  editor,
  rest,
  columns,
}: {
  list: ReactNode
  /** False: nothing is edited. */
  editor: ReactNode | false
  /** Beside the list while nothing is edited. */
  rest: ReactNode
  /** Tailwind's grid columns from the width on where there are two. */
  columns: string
}) {
  return (
    <div
      className={`grid grid-cols-[minmax(0,1fr)] items-start gap-6 has-[>div:last-child:empty]:grid-cols-[minmax(0,1fr)]! ${columns}`}
    >
      <div className={`min-w-0 ${editor ? 'max-md:hidden' : ''}`}>{list}</div>
      <div className="min-w-0">{editor || rest}</div>
    </div>
  )
}
