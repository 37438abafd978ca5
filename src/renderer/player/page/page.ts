import { soundCompanions, standardCompanions } from '../companions.ts'
import type { PlayerEvent, PlayerEvents } from '../events.ts'
import { loadTheme } from '../look/load-theme.ts'
import { createPlayer } from '../player.ts'
import type { PageAddress } from './address.ts'
import { createConnectionMark } from './connection-mark.ts'
import { readFirstEvents } from './first-events.ts'
import { createPageRequest } from './page-request.ts'
import { detectPlace } from './place.ts'
import { readBacklog } from './read-backlog.ts'
import { createReporter } from './reporter.ts'
import { createSession } from './session.ts'
import { createWorkerFeed } from './worker-feed.ts'

/** The player as a page of its own. */
export function openPage({ room, label, look, key, mute }: PageAddress): void {
  const place = detectPlace(window)
  const session = createSession(`player:${location.pathname}:${label}`)
  const saved = session.load()
  const request = createPageRequest({ room, label, key }, place)
  // Who comes back goes on where they were.
  if (saved !== null) request.last_event_id = saved.position
  const first = saved === null ? readFirstEvents(document) : null
  if (first !== null) request.last_event_id = first.hello.last
  let name = first?.hello.room ?? room
  const mark = createConnectionMark(document.body, place)
  const reporter = createReporter()

  function notice(event: PlayerEvent): void {
    mark.note(event)
    if (event.name !== 'meta' || event.data.type !== 'hello') return
    name = event.data.room
    reporter.hello(event.data)
  }

  const events: PlayerEvents = {
    subscribe(listener) {
      if (first !== null) mark.settings(first.hello.settings)
      for (const data of first?.events ?? []) listener({ name: 'meta', data })
      return createWorkerFeed(request).subscribe(event => {
        notice(event)
        listener(event)
      })
    },
  }

  createPlayer(document.body, events, {
    label,
    look,
    saved,
    onSave: session.save,
    onState: reporter.state,
    loadTheme,
    // The default room has no name in the address: `hello` tells it, before anything is read.
    readBefore: async (id, limit) => (await readBacklog({ room: name, label, key }, id, limit)).messages,
    companions: mute ? standardCompanions : [...standardCompanions, ...soundCompanions],
    // Motion is for the audience of a stream to see, whatever the streamer's own system prefers.
    ...((place === 'obs' || place === 'overlay') && { reducedMotion: false }),
  })
}
