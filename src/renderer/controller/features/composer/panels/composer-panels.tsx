import { composerField, focusComposer } from '../../../desk/focus.ts'
import { type Format, plain, wrapSelection } from '../format.ts'
import type { ComposerModel } from '../use-composer.ts'
import { EmojiPanel } from './emoji-panel.tsx'
import { JsonPanel } from './json-panel.tsx'
import type { PanelName } from './names.ts'
import { OptionsPanel } from './options-panel.tsx'
import { PalettePanel } from './palette-panel.tsx'
import { PicturePanel } from './picture-panel.tsx'

interface ComposerPanelsProps {
  open: PanelName | null
  model: Pick<ComposerModel, 'dressed' | 'publish' | 'begin'>
  onClose(): void
}

/** The panel that is open. What is picked goes to where the caret is; the panel closes unless more is wanted. */
export function ComposerPanels({ open, model, onClose }: ComposerPanelsProps) {
  function close(): void {
    onClose()
    focusComposer()
  }
  function put(format: Format, stay: boolean): void {
    const field = composerField()
    if (field) wrapSelection(field, format)
    if (!stay) close()
  }
  const putText = (text: string, stay: boolean) => put(plain(text), stay)
  if (open === 'emoji') return <EmojiPanel onPick={putText} onClose={close} />
  if (open === 'pictures') return <PicturePanel onPick={putText} onClose={close} />
  if (open === 'palette') return <PalettePanel onPick={put} onClose={close} />
  if (open === 'options') return <OptionsPanel onClose={close} />
  if (open === 'json')
    return <JsonPanel text={model.dressed} onSend={model.publish} onLine={model.begin} onClose={close} />
  return null
}
