import type { Companion } from '../companion.ts'
import type { Frame } from '../stage/frame.ts'

/** Lines that the list keeps on the screen, the one that is being typed included. */
const MAX_LINES = 8

/**
 * The chat layout: a line that gives way to the next stays above it for a while. What stays is a copy: the box itself
 * is written on, so that nothing that holds it has to know of the list.
 */
export function createChatList({ player, list, box, text }: Frame): Companion {
  const timers = new Map<Element, ReturnType<typeof setTimeout>>()
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
    past.addEventListener('animationend', event => event.target === past && remove(past))
  }

  function past(): Element[] {
    return [...list.children].filter(child => child !== box)
  }

  return {
    onTurn() {
      if (player.dataset.layout !== 'chat') {
        for (const old of past()) remove(old)
        return
      }
      if (text.childElementCount === 0 || player.dataset.state === 'empty') return
      const copy = box.cloneNode(true) as HTMLElement
      copy.classList.add('sm-past')
      list.insertBefore(copy, box)
      if (lifetime > 0) timers.set(copy, setTimeout(leave, lifetime, copy))
      const all = past()
      // One fades; those before it, of a burst, have no time for it.
      for (const old of all.slice(0, Math.max(0, all.length - MAX_LINES))) remove(old)
      if (all.length >= MAX_LINES) leave(all[all.length - MAX_LINES]!)
      restart(box)
    },
    onLine() {
      if (player.dataset.layout !== 'chat') return
      // A line that would stand half outside of the stage leaves now.
      const { top } = list.getBoundingClientRect()
      for (const old of past()) if (old.getBoundingClientRect().top < top - 1) leave(old)
    },
    onSettings({ queue }) {
      lifetime = queue.autoHideMs
    },
    onClear() {
      for (const old of past()) remove(old)
    },
    destroy() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

/** The box arrives anew, as the line in it does. */
function restart(box: HTMLElement): void {
  box.style.animation = 'none'
  // Reading a size lets the browser see that the animation was gone.
  void box.offsetWidth
  box.style.animation = ''
}
