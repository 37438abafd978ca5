import { readLine } from './line.ts'
import { createOverlay, readOverlayOptions } from './overlay.ts'
import { keepConnected } from './reconnect.ts'
import { parsePrivateMessage } from './twitch-irc.ts'

/**
 * Shows a Twitch channel's chat on the overlay. Reads as an anonymous guest: no account is needed.
 *
 *     SM_TOKEN=… npm run twitch -- CHANNEL
 *
 * Protocol: dev.twitch.tv, "IRC Concepts".
 */
const channel = process.argv[2]?.toLowerCase().replace(/^#/, '')
if (!channel) {
  console.error('usage: SM_TOKEN=… npm run twitch -- CHANNEL')
  process.exit(2)
}
const url = process.env.TWITCH_CHAT_URL ?? 'wss://irc-ws.chat.twitch.tv:443'
const show = createOverlay(readOverlayOptions())

/** Milliseconds between two questions whether Twitch is there; it asks us every five minutes. */
const HEARTBEAT = 3 * 60_000

/** Resolves when the connection has ended. */
function read(onJoined: () => void): Promise<void> {
  return readLine({
    url,
    interval: HEARTBEAT,
    beat: socket => socket.send('PING :are you there'),
    onOpen(socket) {
      socket.send('CAP REQ :twitch.tv/tags twitch.tv/commands')
      socket.send(`NICK justinfan${10_000 + Math.floor(Math.random() * 90_000)}`)
      socket.send(`JOIN #${channel}`)
    },
    onMessage(data, socket) {
      for (const line of String(data).split('\r\n')) {
        if (line.startsWith('PING')) socket.send(line.replace('PING', 'PONG'))
        // Twitch takes this server out of service soon.
        else if (line.endsWith(' RECONNECT')) socket.close()
        else if (/^(?:@\S+ )?:\S+ JOIN #/.test(line)) {
          console.log(`reading #${channel}`)
          onJoined()
        }
        const message = parsePrivateMessage(line)
        if (message) show(message)
      }
    },
  })
}

await keepConnected(read)
