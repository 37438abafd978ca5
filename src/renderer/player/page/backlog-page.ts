import { createBacklog } from '../layouts/backlog.ts'
import { loadTheme } from '../look/load-theme.ts'
import type { PageAddress } from './address.ts'
import { createConnectionMark } from './connection-mark.ts'
import { createPageRequest } from './page-request.ts'
import { detectPlace } from './place.ts'
import { readBacklog } from './read-backlog.ts'
import { createWorkerFeed } from './worker-feed.ts'

/** `/<room>/history`: what was said, to be read by the audience. */
export function openBacklog({ room, label, look, backlog, key }: PageAddress): void {
  // The default room has no name in the address: `hello` tells it.
  let name = room
  const place = detectPlace(window)
  const mark = createConnectionMark(document.body, place)
  createBacklog(document.body, {
    label,
    overrides: { ...look, layout: 'backlog' },
    arrangement: backlog,
    loadTheme,
    subscribe(listener) {
      createWorkerFeed(createPageRequest({ room, label, key }, place)).subscribe(event => {
        mark.note(event)
        if (event.name === 'meta' && event.data.type === 'hello') name = event.data.room
        listener(event)
      })
    },
    read: before => readBacklog({ room: name, label, key }, before, 50),
  })
}
