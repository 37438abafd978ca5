import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** A row on its way to another place. */
export interface Drag {
  key: string
  /** It would stand before the row that is now at this place. */
  at: number
}

/** A finger that rests so long takes the row along, milliseconds. */
const LONG_PRESS = 350
/** A pointer that moved so far means to drag (a mouse) or to scroll (a finger), px. */
const SLACK = 6
/** So near to an edge the list scrolls, px, and so much with each frame. */
const EDGE = 28
const SCROLL = 8

interface Reorder {
  drag: Drag | null
  /** For each row: a mouse drags it from anywhere, a finger after a long press. */
  onRowDown(key: string): (event: ReactPointerEvent<HTMLElement>) => void
  /** For its handle: it is dragged at once. */
  onHandleDown(key: string): (event: ReactPointerEvent<HTMLElement>) => void
}

/**
 * Rows that change places under mouse, pen and finger (HTML's own drag and drop knows no touch). Escape puts the row
 * back.
 * @param list its children are the rows, in order
 * @param keys the rows' keys, in order
 * @param onMove `to` counts places without the row itself
 */
export function useReorder(
  list: RefObject<HTMLElement | null>,
  keys: string[],
  onMove: (key: string, to: number) => void,
): Reorder {
  const [drag, setDrag] = useState<Drag | null>(null)
  const latest = useRef({ keys, onMove })
  latest.current = { keys, onMove }
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  function press(key: string, event: ReactPointerEvent<HTMLElement>, atOnce: boolean): void {
    if (event.button !== 0 || !event.isPrimary) return
    stop.current?.()
    const { clientX, clientY, pointerId } = event
    const touch = event.pointerType === 'touch'
    const row = event.currentTarget
    let current: Drag | null = null
    /** Where the pointer is, and the frame that looks whether that is at an edge. */
    let y = clientY
    let frame = 0

    function begin(): void {
      // Else the preview's frame would get what happens over it, the end of the drag among it.
      row.setPointerCapture(pointerId)
      place()
      frame = requestAnimationFrame(scroll)
    }
    function place(): void {
      const rows = [...(list.current?.children ?? [])]
      const at = rows.findIndex(row => {
        const { top, height } = row.getBoundingClientRect()
        return y < top + height / 2
      })
      const next = at < 0 ? rows.length : at
      if (current?.at === next) return
      current = { key, at: next }
      setDrag(current)
    }
    /** Goes on while the hand rests. */
    function scroll(): void {
      frame = requestAnimationFrame(scroll)
      const area = list.current?.parentElement
      if (!area) return
      const { top, bottom } = area.getBoundingClientRect()
      const before = area.scrollTop
      if (y < top + EDGE) area.scrollTop -= SCROLL
      else if (y > bottom - EDGE) area.scrollTop += SCROLL
      if (area.scrollTop !== before) place()
    }
    function onPointerMove(move: PointerEvent): void {
      if (move.pointerId !== pointerId) return
      y = move.clientY
      const far = Math.hypot(move.clientX - clientX, move.clientY - clientY) > SLACK
      if (current) place()
      else if (far && !touch) begin()
      else if (far) end()
    }
    function onPointerUp(up: PointerEvent): void {
      if (up.pointerId !== pointerId) return
      // Rows may have come and gone under a hand that rests.
      if (current) place()
      const dropped = current
      end()
      if (!dropped) return
      swallowClick()
      const from = latest.current.keys.indexOf(key)
      const to = dropped.at > from ? dropped.at - 1 : dropped.at
      if (from >= 0 && to !== from) latest.current.onMove(key, to)
    }
    function onKeyDown(down: KeyboardEvent): void {
      if (down.key !== 'Escape' || !current) return
      down.stopPropagation()
      end()
    }
    /** Only a listener that is not passive can keep the page from scrolling. */
    function onTouchMove(move: TouchEvent): void {
      if (current) move.preventDefault()
    }
    function end(): void {
      clearTimeout(timer)
      cancelAnimationFrame(frame)
      window.removeEventListener('pointermove', onPointerMove)
      window.removeEventListener('pointerup', onPointerUp)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', onKeyDown, true)
      window.removeEventListener('touchmove', onTouchMove)
      stop.current = null
      current = null
      setDrag(null)
    }

    const timer = touch && !atOnce ? setTimeout(begin, LONG_PRESS) : undefined
    window.addEventListener('pointermove', onPointerMove)
    window.addEventListener('pointerup', onPointerUp)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', onKeyDown, true)
    window.addEventListener('touchmove', onTouchMove, { passive: false })
    stop.current = end
    if (atOnce) begin()
  }

  return {
    drag,
    onRowDown: key => event => {
      if (!(event.target as Element).closest('[data-no-drag]')) press(key, event, false)
    },
    onHandleDown: key => event => {
      event.stopPropagation()
      press(key, event, true)
    },
  }
}

/** The click that ends a drag is none. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, true))
}
