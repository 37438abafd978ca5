import { ListPlus, SendHorizontal, Type } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assetUrl } from '../../../../shared/asset.ts'
import { useDesk, usePreferences } from '../../desk/context.ts'
import { composerField, focusComposer } from '../../desk/focus.ts'
import { useUpload } from '../../desk/use-upload.ts'
import { isComposing } from '../../lib/keys.ts'
import type { Viewport } from '../../lib/use-viewport.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { CommandHelp } from './command-help.tsx'
import { ComposerNote } from './composer-note.tsx'
import { ExpressionChips } from './expression-chips.tsx'
import { plain, wrapSelection } from './format.ts'
import { LineField } from './line-field.tsx'
import { ComposerPanels } from './panels/composer-panels.tsx'
import type { PanelName } from './panels/names.ts'
import { pictureTag } from './panels/picture-tag.ts'
import { SpeakerChips } from './speaker-chips.tsx'
import { SpeakerName } from './speaker-name.tsx'
import { Target } from './target.tsx'
import { Toolbar } from './toolbar.tsx'
import { useComposer } from './use-composer.ts'
import { useTyping } from './use-typing.ts'

/** Where lines are written: always in the same place, always ready. */
export function Composer({ viewport }: { viewport: Viewport }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const model = useComposer()
  const upload = useUpload()
  const note = useId()
  const [{ toolbar }, setPreferences] = usePreferences()
  const [open, setOpen] = useState<PanelName | null>(null)
  const [expanded, setExpanded] = useState(false)
  useTyping()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each desk begins with the caret in the composer
  useEffect(focusComposer, [desk])

  function send(): void {
    upload.forget()
    model.send()
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    send()
    focusComposer()
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return
    if (open) setOpen(null)
    else if (model.helpOpen) model.closeHelp()
    else if (expanded) setExpanded(false)
  }
  const openPanel = (name: PanelName) => setOpen(open === name ? null : name)
  const closeHelp = () => {
    model.closeHelp()
    focusComposer()
  }
  const expand = () => {
    setExpanded(!expanded)
    focusComposer()
  }
  async function insertPicture(file: File): Promise<void> {
    const field = composerField()
    const asset = await upload.send(file)
    const look = { height: 1.5, margin: 0, alt: '', pixelated: false }
    // The room may have been changed meanwhile: its line is another one.
    if (asset && field?.isConnected) wrapSelection(field, plain(pictureTag(assetUrl(asset.id), look)))
  }

  const narrow = viewport !== 'desk'
  // On a phone the tools take the keyboard's room: they are shown when asked for, each time anew.
  const [phoneTools, setPhoneTools] = useState(false)
  const tools = narrow ? phoneTools : toolbar
  const toggle = (
    <IconButton
      icon={Type}
      label={t('compose.showToolbar')}
      pressed={tools}
      onClick={() => (narrow ? setPhoneTools(!phoneTools) : setPreferences({ toolbar: !toolbar }))}
    />
  )
  const bar = tools && <Toolbar open={open} expanded={expanded} onPanel={openPanel} onExpand={expand} />
  const problem = model.problem ?? upload.problem
  return (
    <form
      onSubmit={submit}
      onKeyDown={onKeyDown}
      aria-label={t('live.line')}
      data-expanded={expanded || undefined}
      className={`flex flex-none flex-col border-line border-t bg-base-200 ${narrow ? 'p-2' : 'px-4 py-3'} ${expanded ? 'absolute inset-0 z-30' : 'relative'}`}
    >
      <ComposerPanels open={open} model={model} onClose={() => setOpen(null)} />
      {model.helpOpen && !open && <CommandHelp onClose={closeHelp} />}
      {viewport !== 'dock' && (
        <div className="flex flex-none gap-3">
          <SpeakerChips />
          <ExpressionChips />
        </div>
      )}
      <div
        className={`mt-1 flex min-h-0 gap-2 ${narrow || expanded ? 'flex-col' : 'items-end'} ${expanded ? 'flex-1' : ''}`}
      >
        <div className="flex flex-none items-center gap-1">
          <SpeakerName wide={narrow} />
          <Target />
          {narrow && toggle}
        </div>
        <div
          className={`flex min-h-0 min-w-0 flex-1 gap-2 ${expanded ? 'flex-wrap content-start justify-end' : 'items-end'}`}
        >
          <div className={`min-w-0 flex-1 ${expanded ? 'h-[calc(100%-3rem)] basis-full' : ''}`}>
            <LineField
              onSend={send}
              onHold={model.hold}
              onType={model.typed}
              onPanel={openPanel}
              onExpand={expand}
              onPicture={file => void insertPicture(file)}
              tall={expanded}
              invalid={model.excess > 0}
              describedBy={note}
            />
          </div>
          <IconButton
            icon={ListPlus}
            label={t('live.hold')}
            title={t('live.holdHint')}
            className="size-10"
            disabled={model.count === 0}
            onClick={model.hold}
          />
          <button
            type="submit"
            className={`btn btn-primary h-10 ${narrow ? 'btn-square' : 'px-5'}`}
            aria-label={t('live.send')}
            disabled={model.excess > 0}
            onMouseDown={event => event.preventDefault()}
          >
            <SendHorizontal className="icon" aria-hidden="true" />
            {!narrow && t('live.send')}
          </button>
        </div>
      </div>
      {narrow && bar}
      <div className={`flex flex-none items-center gap-2 text-quiet text-xs ${narrow ? '' : 'mt-1 min-h-8'}`}>
        {!narrow && bar}
        {!narrow && toggle}
        <ComposerNote
          id={note}
          problem={problem}
          busy={upload.busy ? t('picker.uploading') : null}
          count={model.count}
          narrow={narrow}
        />
      </div>
    </form>
  )
}
