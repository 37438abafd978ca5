import { ListOrdered, Play, SkipForward, Square, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import type { HeldLine } from '../../desk/held.ts'
import { asTyped } from '../../desk/message-text.ts'
import { leaveRow, oneRowForKey } from '../../lib/leave-row.ts'
import { useReorder } from '../../lib/use-reorder.ts'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { HeldRow } from './held-row.tsx'
import { useRelease } from './use-release.ts'

interface QueueProps {
  className?: string
  /** Where there is little room: shown only while there is a line in it, or one that can be brought back. */
  hideEmpty?: boolean
}

/** Lines that are ready and wait for their cue. */
export function Queue({ className = '', hideEmpty = false }: QueueProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const release = useRelease()
  const { lines, playing } = useDeskStore(
    d => d.held.store,
    s => s,
  )
  const list = useRef<HTMLOListElement>(null)
  const [moved, setMoved] = useState('')
  const [emptied, setEmptied] = useState<HeldLine[]>([])

  const { drag, onRowDown, onHandleDown } = useReorder(
    list,
    lines.map(line => line.key),
    move,
  )
  function move(key: string, to: number): void {
    if (to < 0 || to >= lines.length) return
    desk.held.move(key, to)
    setMoved(t('live.movedTo', { place: to + 1, count: lines.length }))
  }
  function edit(line: HeldLine): void {
    desk.held.remove(line.key)
    desk.draft.replace(asTyped(line.text), line.speaker, line.label ?? '')
    focusComposer()
  }

  /** The line is about to go. */
  const leave = (index: number) => leaveRow(list.current?.children[index], focusComposer)

  if (hideEmpty && lines.length === 0 && emptied.length === 0) return null
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
          <ol ref={list} aria-label={t('live.queue')} onKeyDownCapture={oneRowForKey}>
            {lines.map((line, index) => (
              <HeldRow
                key={line.key}
                line={line}
                index={index}
                dragged={drag?.key === line.key}
                dropHere={
                  drag?.at === index
                    ? 'before'
                    : drag?.at === lines.length && index === lines.length - 1
                      ? 'after'
                      : null
                }
                onRowDown={onRowDown(line.key)}
                onHandleDown={onHandleDown(line.key)}
                onMove={to => move(line.key, to)}
                onSend={() => {
                  leave(index)
                  release(line.key)
                }}
                onEdit={() => edit(line)}
                onRemove={() => {
                  leave(index)
                  desk.held.remove(line.key)
                }}
              />
            ))}
          </ol>
        </div>
      )}
    </Panel>
  )
}
