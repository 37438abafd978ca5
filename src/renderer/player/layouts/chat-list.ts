import type { Companion } from '../companion.ts'
import type { Frame } from '../stage/frame.ts'
import { whenAnimated } from '../stage/when-animated.ts'

/** Lines that the list keeps on the screen, the one that is being typed included. */
export const MAX_LISTED = 8

/**
 * The chat layout: a line that gives way to the next stays above it for a while. What stays is a copy: the box itself
 * is written on, so that nothing that holds it has to know of the list.
 */
export function createChatList({ player, list, box, text }: Frame): Companion {
  const timers = new Map<Element, ReturnType<typeof setTimeout>>()
  /** Ids of their messages, line by line: of each copy, and of the box. */
  const messages = new WeakMap<Element, string[]>()
  /** The copy of a line that a draft has taken the place of: it may come back into the box. */
  let held: Element | null = null
  /** What was above has gone for a reason of its own, and is not to be back. */
  let wiped = false
  /** Milliseconds after which a line leaves by itself; 0 = never. */
  let lifetime = 0

  function remove(past: Element): void {
    clearTimeout(timers.get(past))
    timers.delete(past)
    past.remove()
  }

  function leave(past: Element): void {
    if (past.classList.contains('sm-leaving')) return
    past.classList.add('sm-leaving')
    whenAnimated(past, () => remove(past))
  }

  function past(): Element[] {
    return [...list.children].filter(child => child !== box)
  }

  function wipe(): void {
    wiped = true
    for (const old of past()) remove(old)
  }

  /** A line that would stand half outside of the stage goes. */
  function forOutside(go: (past: Element) => void): void {
    const { top } = list.getBoundingClientRect()
    for (const old of past()) if (old.getBoundingClientRect().top < top - 1) go(old)
  }

  function keep(): void {
    const copy = box.cloneNode(true) as HTMLElement
    copy.classList.add('sm-past')
    complete(copy)
    messages.set(copy, messages.get(box) ?? [])
    list.insertBefore(copy, box)
    if (lifetime > 0) timers.set(copy, setTimeout(leave, lifetime, copy))
    const all = past()
    // One fades; those before it, of a burst, have no time for it.
    for (const old of all.slice(0, Math.max(0, all.length - MAX_LISTED))) remove(old)
    if (all.length >= MAX_LISTED) leave(all[all.length - MAX_LISTED]!)
    held = copy
  }

  return {
    onTurn(turn) {
      const { layout, state, visible } = player.dataset
      // What has faded away does not come back with the next line.
      if (layout !== 'chat' || (visible === 'false' && turn !== 'again')) {
        for (const old of past()) remove(old)
        if (turn !== 'again') wiped = true
      } else if (turn === 'again') {
        if (state === 'draft' && held) remove(held)
      } else if (state !== 'draft') {
        held = null
        if (text.childElementCount > 0 && state !== 'empty') keep()
        restart(box)
      }
      if (turn !== 'draft') messages.set(box, [])
    },
    onLine(entry) {
      messages.get(box)?.push(entry.message)
      if (player.dataset.layout === 'chat') forOutside(leave)
    },
    onRecalled(recalled) {
      const room = MAX_LISTED - 1 - past().length
      if (wiped || room <= 0) return
      const back = recalled.slice(-room).filter(({ age }) => lifetime === 0 || age < lifetime)
      list.prepend(...back.map(({ box }) => box))
      for (const line of back) {
        line.fit()
        messages.set(line.box, [line.message])
        if (lifetime > 0) timers.set(line.box, setTimeout(leave, lifetime - line.age, line.box))
      }
      forOutside(remove)
    },
    onSettings({ queue }) {
      lifetime = queue.autoHideMs
    },
    onRetract(message) {
      for (const old of past()) {
        const lines = old.querySelectorAll('.sm-line')
        const kept = (messages.get(old) ?? []).filter((id, index) => {
          if (id === message) lines[index]?.remove()
          return id !== message
        })
        messages.set(old, kept)
        if (kept.length === 0) remove(old)
      }
    },
    onClear(taken) {
      if (!taken) wipe()
    },
    destroy() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

/** A line may give way before all of it was typed: in the list it can be read to its end. */
function complete(copy: HTMLElement): void {
  for (const keys of copy.querySelectorAll('.sm-keys')) keys.remove()
  for (const awaited of copy.querySelectorAll('.sm-awaited')) awaited.classList.remove('sm-awaited')
  for (const hidden of copy.querySelectorAll('.sm-veil')) {
    hidden.classList.remove('sm-veil', 'sm-next')
    // Moving letters have a class of their own.
    if (!hidden.classList.contains('sm-g')) hidden.classList.add('sm-seen')
  }
}

/** The box arrives anew, as the line in it does. */
function restart(box: HTMLElement): void {
  box.style.animation = 'none'
  // Reading a size lets the browser see that the animation was gone.
  void box.offsetWidth
  box.style.animation = ''
}
