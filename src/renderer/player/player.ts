import type { Fragment } from '../../shared/fragments.ts'
import type { Message } from '../../shared/message.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../shared/room-defaults.ts'
import type { PlayerEvents } from './events.ts'
import { createFrame } from './stage/frame.ts'
import { speakerColour } from './stage/speaker-colour.ts'
import { createLineView, type LineView } from './text/line-view.ts'
import { layOutInTime } from './text/timeline.ts'
import { createTypewriter } from './text/typewriter.ts'

/** A mounted player. It knows nothing of the network: the page and the controller's preview feed it alike. */
export interface Player {
  destroy(): void
}

/** Mounts a player into `root`, which it fills. */
export function createPlayer(root: HTMLElement, events: PlayerEvents): Player {
  const frame = createFrame(root)
  const settings = DEFAULT_ROOM_SETTINGS
  frame.player.dataset.theme = settings.look.theme
  frame.player.dataset.state = 'empty'
  let view: LineView | null = null

  const typewriter = createTypewriter({
    show: shown => view?.reveal(shown, true),
    done: () => {
      frame.player.dataset.state = 'complete'
    },
  })

  function show(message: Message, complete: boolean): void {
    const text = message.data.message
    const fragments: Fragment[] = [{ text: typeof text === 'string' ? text : '' }]
    view = createLineView(fragments)
    frame.name.textContent = message.speaker
    frame.player.dataset.speaker = message.speaker
    frame.player.style.setProperty('--speaker', speakerColour(message.speaker))
    frame.text.replaceChildren(view.element)
    frame.player.dataset.state = 'typing'
    typewriter.start(layOutInTime(fragments, view.cells, settings.typewriter))
    if (complete) typewriter.finish()
  }

  const unsubscribe = events.subscribe(event => {
    if (event.name === 'message') show(event.data, false)
    else if (event.name === 'meta' && event.data.type === 'hello' && event.data.snapshot?.current)
      show(event.data.snapshot.current, true)
  })

  return {
    destroy() {
      unsubscribe()
      typewriter.stop()
      frame.player.remove()
    },
  }
}
