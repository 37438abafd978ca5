import { createEventStream, type EventStream } from '../../sse-client/index.ts'
import type { Words } from './words.ts'

export interface Device {
  uid: string
  device: string
  /** Frames after this one; empty = those that were missed. */
  id: string
}

/** After these the server does not want the device back. */
const FINAL = new Set(['sys_kick_offline', 'sys_extrude_offline'])
const MAX_FRAMES = 200

/**
 * A device on the page: its stream, and each frame as it comes.
 * @param makeToken asked for each attempt, because a device's token lives for seconds; null where the server refuses one, and
 * a further attempt would be refused too. @throws where no answer comes
 */
export function createDeviceCard(
  { uid, device, id }: Device,
  words: Words,
  makeToken: () => Promise<string | null>,
): HTMLElement {
  const card = document.createElement('article')
  const title = document.createElement('h3')
  title.textContent = device
  const user = document.createElement('small')
  user.textContent = uid
  const state = document.createElement('span')
  const button = document.createElement('button')
  const frames = document.createElement('ol')
  card.append(title, user, state, button, frames)
  let lastId = id
  let stream: EventStream<Record<string, string>> | undefined

  function show(name: 'connecting' | 'open' | 'closed') {
    card.dataset.state = name
    state.textContent = words[name]
    button.textContent = name === 'closed' ? words.again : words.leave
  }

  function add(type: string, frameId: string | undefined, data: string) {
    const item = document.createElement('li')
    if (type.startsWith('sys_')) item.className = 'system'
    const head = document.createElement('small')
    head.textContent = [frameId === undefined ? '' : `#${frameId}`, type].filter(Boolean).join(' ')
    const text = document.createElement('span')
    text.textContent = data
    item.append(head, text)
    frames.append(item)
    if (frames.children.length > MAX_FRAMES) frames.firstElementChild!.remove()
    frames.scrollTop = frames.scrollHeight
  }

  function connect() {
    show('connecting')
    stream = createEventStream<Record<string, string>>({
      url: `/events?device=${encodeURIComponent(device)}`,
      // A name in a header would have to be Latin-1; the token is.
      headers: async () => {
        const token = await makeToken()
        if (token === null) {
          leave()
          throw new Error('the server makes no token for this device')
        }
        return { 'X-SSE-Token': token, ...(lastId === '' ? {} : { 'X-SSE-ID': lastId }) }
      },
      onEvent(event) {
        if (event.id !== undefined) lastId = event.id
        add(event.type, event.id, event.data)
        if (FINAL.has(event.type)) leave()
      },
      onConnect: () => show('open'),
      onDisconnect: () => stream && show('connecting'),
    })
  }

  function leave() {
    stream?.close()
    stream = undefined
    show('closed')
  }

  button.addEventListener('click', () => (stream ? leave() : connect()))
  connect()
  return card
}
