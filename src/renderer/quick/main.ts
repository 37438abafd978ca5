import type { BridgeEvents, DesktopBridge, NamesFor } from '../../preload/bridge.ts'
import { quickWords } from './words.ts'

/** Quick-compose: one line over the game. Enter sends and closes, Escape closes, the text stays until it is sent. */
const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const form = element<HTMLFormElement>('form')
const speaker = element<HTMLInputElement>('speaker')
const text = element<HTMLInputElement>('text')
const error = element('error')
// The preload gives each window a bridge of its own shape.
const { desktop } = window as { desktop?: DesktopBridge<NamesFor<'quick'>> }
let failed = quickWords('en').failed
let sending = false

function show({ speaker: name, language, room }: BridgeEvents['quick']): void {
  const words = quickWords(language)
  failed = words.failed
  document.documentElement.lang = language
  speaker.value ||= name
  speaker.placeholder = words.speaker
  speaker.ariaLabel = words.speaker
  text.placeholder = `${words.line} · ${room}`
  text.ariaLabel = words.line
  error.hidden = true
  widen()
  text.focus()
  text.select()
}

/** The speaker's field is as wide as its text: the line gets the rest. */
function widen(): void {
  const shown = speaker.value || speaker.placeholder
  const width = [...shown].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0)
  speaker.style.width = `${Math.min(Math.max(width, 4), 20) + 2}ch`
}

async function send(): Promise<void> {
  const typed = text.value
  if (typed.trim() === '' || sending || !desktop) return
  sending = true
  const result = await desktop.call('quick.send', { text: typed.trim(), speaker: speaker.value.trim() })
  sending = false
  error.hidden = result.ok
  if (!result.ok) {
    error.textContent = failed + result.msg
    error.title = error.textContent
    return
  }
  // What was typed while it was on its way is the next line.
  text.value = text.value.startsWith(typed) ? text.value.slice(typed.length) : text.value
  if (text.value === '') await desktop.call('quick.close')
}

form.addEventListener('submit', event => event.preventDefault())
speaker.addEventListener('input', widen)
window.addEventListener('keydown', event => {
  // While an input method is open, Enter and Escape are its own (229: the browser's sign on Safari and older Chromium).
  if (event.isComposing || event.keyCode === 229) return
  if (event.key === 'Enter') void send()
  if (event.key === 'Escape') void desktop?.call('quick.close')
})

if (desktop) {
  desktop.on('quick', show)
  const context = await desktop.call('quick.context')
  if (context.ok) show(context.value)
}
