import type { BridgeInput, BridgeOutput } from './bridge.ts'

export type Handle = BridgeInput<'frame.drag'>['handle']

export interface FrameCalls {
  /** Since the pointer went down, in screen pixels. */
  drag(handle: Handle, dx: number, dy: number, snap: boolean): unknown
  drop(): unknown
  adjust(what: 'opacity' | 'zoom', step: 1 | -1): unknown
  done(): unknown
}

const HANDLES: Handle[] = ['n', 'e', 's', 'w', 'ne', 'nw', 'se', 'sw']

const CSS = `
:host { all: initial; position: fixed; inset: 0; z-index: 2147483647; font: 13px/1.4 system-ui, sans-serif; color: #fff }
.move { position: absolute; inset: 0; cursor: move; touch-action: none; border: 2px solid #6ea8fe;
  outline: 1px solid rgb(0 0 0 / .55); outline-offset: -3px; background: rgb(16 20 32 / .28) }
i { position: absolute; box-sizing: border-box; width: 16px; height: 16px; margin: -8px; touch-action: none; background: #fff;
  border: 2px solid #3579f6; border-radius: 3px; box-shadow: 0 0 0 1px rgb(0 0 0 / .5) }
.n, .s { left: 50%; cursor: ns-resize } .e, .w { top: 50%; cursor: ew-resize }
.n, .ne, .nw { top: 9px } .s, .se, .sw { top: calc(100% - 9px) }
.w, .nw, .sw { left: 9px } .e, .ne, .se { left: calc(100% - 9px) }
.ne, .sw { cursor: nesw-resize } .nw, .se { cursor: nwse-resize }
.bar { position: absolute; left: 50%; top: 18px; transform: translateX(-50%); display: flex; gap: 4px; align-items: center;
  padding: 4px; border-radius: 8px; background: #171b26; box-shadow: 0 0 0 1px rgb(255 255 255 / .18), 0 2px 6px rgb(0 0 0 / .5);
  white-space: nowrap; cursor: default; max-width: calc(100% - 48px) }
.bar span { padding: 0 8px; overflow: hidden; text-overflow: ellipsis }
button { font: inherit; color: inherit; background: none; border: 0; border-radius: 5px; height: 28px; min-width: 28px;
  display: grid; place-items: center; padding: 0 6px; cursor: pointer }
button:hover { background: rgb(255 255 255 / .14) } button:focus-visible { outline: 2px solid #6ea8fe }
.done { background: #3579f6; padding: 0 12px } .done:hover { background: #4b89f8 }
svg { width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round }
`

/** Half a disc for opacity, a lens for zoom; each with the sign of its step. */
const DISC = '<path d="M5.5 2.5a5.5 5.5 0 0 0 0 11z" fill="currentColor"/><circle cx="5.5" cy="8" r="5"/>'
const LENS = '<circle cx="5.5" cy="7" r="4.5"/><path d="m9 10.5 2.5 3"/>'
const MINUS = '<path d="M12.5 4h3"/>'
const PLUS = '<path d="M12.5 4h3M14 2.5v3"/>'

/** The frame of edit mode: a window without a border cannot be moved or resized by the system everywhere. */
export function createFrame(calls: FrameCalls) {
  let host: HTMLElement | undefined

  function show(state: BridgeOutput<'frame.state'>): void {
    host?.remove()
    host = undefined
    if (!state.editing) return
    host = document.createElement('overlay-frame')
    const root = host.attachShadow({ mode: 'closed' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
    root.adoptedStyleSheets = [sheet]
    root.append(grip('move'), ...HANDLES.map(grip), bar(state))
    scale(state.zoom)
    document.documentElement.append(host)
    window.addEventListener('keydown', onKey, true)
  }

  /** Its buttons stay as large as they are however small the page is shown. */
  function scale(zoom: number): void {
    host?.style.setProperty('zoom', String(1 / zoom))
  }

  function grip(handle: Handle): HTMLElement {
    const element = document.createElement(handle === 'move' ? 'div' : 'i')
    element.className = handle
    followDrag(element, handle, calls)
    return element
  }

  function bar(state: BridgeOutput<'frame.state'>): HTMLElement {
    const element = document.createElement('div')
    element.className = 'bar'
    const title = document.createElement('span')
    title.textContent = state.label
    const done = button('done', () => calls.done())
    done.textContent = state.done
    const icon = (what: 'opacity' | 'zoom', step: 1 | -1) => {
      const one = button(`${what}${step}`, () => calls.adjust(what, step))
      one.ariaLabel = state.buttons[`${what}${step > 0 ? '+' : '-'}`]
      one.title = one.ariaLabel
      one.innerHTML = `<svg viewBox="0 0 16 16">${what === 'opacity' ? DISC : LENS}${step > 0 ? PLUS : MINUS}</svg>`
      return one
    }
    element.append(title, icon('opacity', -1), icon('opacity', 1), icon('zoom', -1), icon('zoom', 1), done)
    return element
  }

  function button(name: string, run: () => void): HTMLButtonElement {
    const element = document.createElement('button')
    element.className = name
    // A page's script could click what it can reach; the shadow tree is closed, and only a person's click is trusted.
    element.addEventListener('click', event => event.isTrusted && run())
    return element
  }

  /** Arrow keys move by one pixel, with Alt by ten, and with Shift resize. */
  function onKey(event: KeyboardEvent): void {
    if (!host || !event.isTrusted) return
    const step = event.altKey ? 10 : 1
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }
    const move = moves[event.key]
    if (!move && event.key !== 'Escape' && event.key !== 'Enter') return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!move) return void calls.done()
    calls.drag(event.shiftKey ? 'se' : 'move', ...move, false)
    calls.drop()
  }

  return { show, scale }
}

function followDrag(element: HTMLElement, handle: Handle, calls: FrameCalls): void {
  let start: { x: number; y: number } | undefined
  element.addEventListener('pointerdown', event => {
    if (!event.isTrusted || event.button !== 0) return
    element.setPointerCapture(event.pointerId)
    start = { x: event.screenX, y: event.screenY }
  })
  element.addEventListener('pointermove', event => {
    if (!start || !event.isTrusted) return
    calls.drag(handle, event.screenX - start.x, event.screenY - start.y, true)
  })
  const end = () => {
    if (start) calls.drop()
    start = undefined
  }
  element.addEventListener('pointerup', end)
  element.addEventListener('pointercancel', end)
}
