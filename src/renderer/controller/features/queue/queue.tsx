import { ListOrdered, Play, SkipForward, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import type { HeldLine } from '../../desk/held.ts'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { HeldRow } from './held-row.tsx'
import { useRelease } from './use-release.ts'

/** Lines that are ready and wait for their cue. */
export function Queue({ className = '' }: { className?: string }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const release = useRelease()
  const { lines, playing } = useDeskStore(
    d => d.held.store,
    s => s,
  )
  const [dragged, setDragged] = useState<string | null>(null)
  const [dropAt, setDropAt] = useState<number | null>(null)
  const [moved, setMoved] = useState('')
  const [emptied, setEmptied] = useState<HeldLine[]>([])

  function drop(): void {
    const from = lines.findIndex(line => line.key === dragged)
    if (dragged && dropAt !== null) desk.held.move(dragged, dropAt > from ? dropAt - 1 : dropAt)
    setDragged(null)
    setDropAt(null)
  }
  function move(line: HeldLine, to: number): void {
    if (to < 0 || to >= lines.length) return
    desk.held.move(line.key, to)
    setMoved(t('live.movedTo', { place: to + 1, count: lines.length }))
  }
  function edit(line: HeldLine): void {
    desk.held.remove(line.key)
    desk.draft.put(line.text, line.speaker)
    focusComposer()
  }

  const actions = lines.length > 0 && (
    <>
      <IconButton
        icon={playing ? Square : Play}
        label={playing ? t('live.stop') : t('live.play')}
        active={playing}
        onClick={() => desk.held.setPlaying(!playing)}
      />
      <IconButton icon={SkipForward} label={t('live.nextHeld')} onClick={() => release()} />
      <IconButton icon={Trash2} label={t('live.clearQueue')} onClick={() => setEmptied(desk.held.clear())} />
    </>
  )
  return (
    <Panel
      title={`${t('live.queue')}${lines.length > 0 ? ` (${lines.length})` : ''}`}
      actions={actions}
      className={className}
    >
      <p role="status" className="sr-only">
        {moved}
      </p>
      {lines.length === 0 ? (
        <Empty icon={ListOrdered}>
          {emptied.length > 0 ? (
            <span className="flex items-center gap-2">
              {t('live.emptied', { count: emptied.length })}
              <button
                type="button"
                className="btn btn-sm"
                onClick={() => {
                  desk.held.add(emptied)
                  setEmptied([])
                }}
              >
                {t('common.undo')}
              </button>
            </span>
          ) : (
            t('live.noQueue')
          )}
        </Empty>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <ol aria-label={t('live.queue')} onDragOver={event => event.preventDefault()} onDrop={drop}>
            {lines.map((line, index) => (
              <HeldRow
                key={line.key}
                line={line}
                index={index}
                dragged={dragged === line.key}
                dropHere={dropAt === index && dragged !== null}
                onDragStart={() => setDragged(line.key)}
                onDragOver={event => {
                  event.preventDefault()
                  const { top, height } = event.currentTarget.getBoundingClientRect()
                  setDropAt(event.clientY < top + height / 2 ? index : index + 1)
                }}
                onDragEnd={() => {
                  setDragged(null)
                  setDropAt(null)
                }}
                onMove={to => move(line, to)}
                onSend={() => release(line.key)}
                onEdit={() => edit(line)}
                onRemove={() => desk.held.remove(line.key)}
              />
            ))}
          </ol>
        </div>
      )}
    </Panel>
  )
}
