import { createOverlay, readOverlayOptions } from './overlay.ts'
import { parsePrivateMessage } from './twitch-irc.ts'

/**
 * Shows a Twitch channel's chat on the overlay. Reads as an anonymous guest: no account is needed.
 *
 *     SM_TOKEN=… node examples/bot/twitch.ts CHANNEL
 *
 * Protocol: dev.twitch.tv, "IRC Concepts".
 */
const channel = process.argv[2]?.toLowerCase().replace(/^#/, '')
if (!channel) {
  console.error('usage: SM_TOKEN=… node examples/bot/twitch.ts CHANNEL')
  process.exit(2)
}
const url = process.env.TWITCH_CHAT_URL ?? 'wss://irc-ws.chat.twitch.tv:443'
const show = createOverlay(readOverlayOptions())

function connect(failures: number): void {
  const socket = new WebSocket(url)
  let joined = false
  socket.addEventListener('open', () => {
    socket.send('CAP REQ :twitch.tv/tags twitch.tv/commands')
    socket.send(`NICK justinfan${10_000 + Math.floor(Math.random() * 90_000)}`)
    socket.send(`JOIN #${channel}`)
  })
  socket.addEventListener('message', ({ data }) => {
    for (const line of String(data).split('\r\n')) {
      if (line.startsWith('PING')) socket.send(line.replace('PING', 'PONG'))
      if (line.includes(` JOIN #${channel}`) && !joined) {
        joined = true
        console.log(`reading #${channel}`)
      }
      const message = parsePrivateMessage(line)
      if (message) void show(message)
    }
  })
  socket.addEventListener('close', () => {
    const next = joined ? 0 : failures + 1
    setTimeout(connect, Math.min(60_000, 1_000 * 2 ** next), next)
  })
}

connect(0)
