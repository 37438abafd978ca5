import { call, type Envelope, showCall } from './calls.ts'
import { createDeviceCard } from './device-card.ts'
import { wordsFor } from './words.ts'

/** The broker's demo: what a program does by its API, done by hand. */
const words = wordsFor(navigator.language)
const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const apiToken = element<HTMLInputElement>('api-token')
const calls = element('calls')
const KEPT_TOKEN = 'broker-api-token'

document.documentElement.lang = navigator.language
document.title = words.title
for (const one of document.querySelectorAll<HTMLElement>('[data-word]')) {
  one.textContent = words[one.dataset.word as keyof typeof words]
}
for (const one of document.querySelectorAll<HTMLInputElement>('[data-hint]')) {
  one.placeholder = words[one.dataset.hint as keyof typeof words]
}
// For this tab only: it may do a lot.
apiToken.value = sessionStorage.getItem(KEPT_TOKEN) ?? ''
apiToken.addEventListener('change', () => sessionStorage.setItem(KEPT_TOKEN, apiToken.value.trim()))

async function run(path: string, fields: Record<string, string>): Promise<Envelope> {
  let answer: Envelope
  try {
    answer = await call(path, fields, apiToken.value.trim())
  } catch (error) {
    answer = { code: 0, msg: (error as Error).message, micro: 0, result: null }
  }
  showCall(calls, path, fields, answer)
  return answer
}

/** Fields that were left empty are left out. */
function fieldsOf(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] => entry[1] !== '')
  return Object.fromEntries(entries)
}

function onSubmit(id: string, act: (fields: Record<string, string>) => void) {
  const form = element<HTMLFormElement>(id)
  form.addEventListener('submit', event => {
    event.preventDefault()
    act(fieldsOf(form))
  })
}

onSubmit('connect', ({ uid = '', device = '', id = '' }) => {
  const makeToken = async () => {
    const answer = await run('/token', { uid, device })
    if (answer.code === 1) return answer.result as string
    if (answer.code >= 400 && answer.code < 500 && answer.code !== 429) return null
    throw new Error(answer.msg)
  }
  element('none').hidden = true
  element('devices').prepend(createDeviceCard({ uid, device, id }, words, makeToken))
})
for (const id of ['send', 'kick', 'info']) onSubmit(id, fields => void run(`/${id}`, fields))
