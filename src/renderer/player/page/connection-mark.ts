import type { Place } from '../../../shared/events.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import type { PlayerEvent } from '../events.ts'

/** A discreet mark that the server is not to be reached; never in OBS, unless the room asks for it. */
export interface ConnectionMark {
  settings(settings: RoomSettings): void
  /** What the stream says of itself; all else is left alone. */
  note(event: PlayerEvent): void
}

/** Milliseconds before a lost connection is worth a word: most come back at once. */
const PATIENCE = 3_000

const WORDS = {
  zh: { lost: '连接已断开，正在重连', locked: '需要观看密钥', refused: '打不开，请检查地址' },
  ja: {
    lost: '切断されました。再接続しています',
    locked: '閲覧キーが必要です',
    refused: '開けません。アドレスを確認してください',
  },
  en: {
    lost: 'Not connected, reconnecting',
    locked: 'This room asks for its watch key',
    refused: 'This cannot be opened: check the address',
  },
}

function words(language: string): (typeof WORDS)['en'] {
  return WORDS[language.slice(0, 2) as keyof typeof WORDS] ?? WORDS.en
}

export function createConnectionMark(root: HTMLElement, place: Place): ConnectionMark {
  const mark = document.createElement('div')
  mark.className = 'sm-connection'
  mark.setAttribute('role', 'status')
  mark.hidden = true
  root.append(mark)
  let mode: RoomSettings['connectionMark'] = 'auto'
  let timer: ReturnType<typeof setTimeout> | undefined
  const quiet = () => mode === 'never' || (mode === 'auto' && (place === 'obs' || place === 'overlay'))

  function show(text: string): void {
    mark.textContent = text
    mark.hidden = quiet()
  }

  function apply(settings: RoomSettings): void {
    mode = settings.connectionMark
    if (quiet()) mark.hidden = true
  }

  function showOnline(online: boolean): void {
    clearTimeout(timer)
    timer = undefined
    if (online) mark.hidden = true
    else timer = setTimeout(() => show(words(navigator.language).lost), PATIENCE)
  }

  /** The server does not let this page watch. */
  function refuse(reason: string): void {
    clearTimeout(timer)
    const { locked, refused } = words(navigator.language)
    show(reason === 'forbidden' || reason === 'unauthenticated' ? locked : `${refused} (${reason})`)
  }

  return {
    settings: apply,
    note(event) {
      if (event.name === 'connection') showOnline(event.data.online)
      else if (event.name === 'refused') refuse(event.data.error)
      else if (event.name === 'meta') {
        const meta = event.data
        if (meta.type === 'hello' || meta.type === 'settings') apply(meta.settings)
        if (meta.type === 'closed' && meta.reason === 'locked') refuse('forbidden')
      }
    },
  }
}
