import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EmoteLook } from '../../../shared/emote.ts'
import type { ControlAction } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'
import type { Phrase, PhraseInput, PhrasePatch } from '../../../shared/phrase.ts'
import type { Speaker, SpeakerInput, SpeakerPatch } from '../../../shared/speaker.ts'
import { isFor } from '../../../shared/target.ts'
import { control, listMessages, type Publication, publish, retractMessage } from '../api/messages.ts'
import { phrasesApi } from '../api/phrases.ts'
import { type Failure, isPassing, type Request, type Result } from '../api/request.ts'
import { changeRoom, getRoom } from '../api/rooms.ts'
import { speakersApi } from '../api/speakers.ts'
import { randomId } from '../lib/random-id.ts'
import type { JsonStorage } from '../lib/storage.ts'
import { type Collection, createCollection } from './collection.ts'
import { createDraft, type Draft } from './draft.ts'
import { createHeld, type Held } from './held.ts'
import { createIntroduction } from './introduction.ts'
import { lineKey } from './line-key.ts'
import { createLog, type Log } from './log.ts'
import { readableText } from './message-text.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPlayers, type Players } from './players.ts'
import { createRoomStore, type RoomStore } from './room-store.ts'
import { openRoomStream, type RoomEvent, type RoomStream, type StreamEnd } from './room-stream.ts'
import type { Session } from './session.ts'
import { createTranscript, type Transcript } from './transcript.ts'

/** How the room's stream stands. `end`: why it will not come back by itself; null unless it has ended. */
export interface ConnectionState {
  state: 'connecting' | 'open' | 'lost' | 'ended'
  end: StreamEnd | null
}

/** What was asked for by a press or a key and could not be done: there is no field to say it beside. */
export interface TroubleState {
  trouble: Failure | 'outbox-full' | null
}

/** One line to say. */
export interface Utterance {
  speaker: string
  text: string
  label?: string
  /** A held line keeps its key, so that two pages that send it at the same moment publish it once. */
  key?: string
}

/** All that one room needs at the controller: its stores, its stream, and what can be done. */
export interface Desk {
  roomId: string
  request: Request
  connection: StoreApi<ConnectionState>
  trouble: StoreApi<TroubleState>
  room: RoomStore
  transcript: Transcript
  players: Players
  outbox: Outbox
  held: Held
  draft: Draft
  /** The screenplay that is being pasted and mended; kept while its page is left for another. */
  script: StoreApi<{ source: string }>
  log: Log
  /** What `:name:` shows in this room. */
  emotes: StoreApi<{ emotes: EmoteLook[] }>
  speakers: Collection<Speaker, SpeakerInput, SpeakerPatch>
  phrases: Collection<Phrase, PhraseInput, PhrasePatch>
  /** Every event of the room, for the live preview. A new listener is told first how things stand. */
  listen(listener: (event: RoomEvent) => void): () => void
  /**
   * Messages before an id, newest first: what the preview's list begins with.
   * @throws where the server cannot be asked
   */
  readBefore(id: string, limit: number): Promise<Message[]>
  /** Hands a line to the outbox. @returns false when that is full. */
  say(line: Utterance): boolean
  /**
   * The same for a line that is made already, such as one that is sent again.
   * @param key where it is still the same line, and had one
   */
  publish(publication: Publication, key?: string): boolean
  control(action: ControlAction, label?: string): Promise<Result<unknown>>
  retract(id: string): Promise<Result<unknown>>
  /** Waits for what a button began; where it fails, the desk says so until something succeeds. */
  attempt(work: Promise<Result<unknown>>): Promise<void>
  reconnect(): void
  close(): void
}

export interface DeskOptions {
  session: Session
  storage: JsonStorage
  roomId: string
}

/** Milliseconds until the newest lines are asked for again, where the server could not tell them. */
const REREAD = 2_000

/** Sits down at a room. `close` gets up again: the stream ends, nothing is sent any more. */
export function openDesk({ session, storage, roomId }: DeskOptions): Desk {
  const { request } = session
  const connection = createStore<ConnectionState>()(() => ({ state: 'connecting', end: null }))
  const trouble = createStore<TroubleState>()(() => ({ trouble: null }))
  const listeners = new Set<(event: RoomEvent) => void>()

  const transcript = createTranscript()
  const players = createPlayers(Date.now)
  const room = createRoomStore({
    get: () => getRoom(request, roomId),
    send: change => changeRoom(request, roomId, change),
    later: (run, delay) => void setTimeout(run, delay),
  })
  const outbox = createOutbox({
    storage,
    room: roomId,
    account: () => session.store.getState().user?.id ?? '',
    async publish(key, publication) {
      sent.add(key)
      const answer = await publish(request, roomId, key, publication)
      // The stream tells of it as soon as it is open again; until then nothing else would, and undo would take another line.
      if (answer.ok && connection.getState().state !== 'open') transcript.add(answer.value.message)
      if (!answer.ok && !isPassing(answer.failure))
        log.add({ type: 'refused', text: readableText(publication.data), failure: answer.failure })
      return answer
    },
    makeKey: randomId,
    now: Date.now,
    later: (run, delay) => {
      const timer = setTimeout(run, delay)
      return () => clearTimeout(timer)
    },
  })
  const held = createHeld(storage, roomId, randomId)
  const draft = createDraft(storage, roomId)
  const script = createStore<{ source: string }>()(() => ({ source: '' }))
  const emotes = createStore<{ emotes: EmoteLook[] }>()(() => ({ emotes: [] }))
  const sent = new Set<string>()
  const log = createLog(Date.now, key => key !== undefined && sent.has(key))
  const speakers = createCollection(speakersApi(request))
  const phrases = createCollection(phrasesApi(request))

  const introduction = createIntroduction({
    settings: () => room.store.getState().settings,
    messages: () => transcript.store.getState().messages,
    players: () => players.store.getState().players,
    visible: () => players.store.getState().visible,
    paused: () => players.store.getState().paused,
  })

  const stream: RoomStream = openRoomStream({
    room: roomId,
    token: session.token,
    renew: session.renew,
    onOpen() {
      connection.setState({ state: 'open', end: null })
      log.add({ type: 'connected' })
      trouble.setState({ trouble: null })
      outbox.flush()
      void refresh()
    },
    onLost() {
      // Each further attempt that fails is the same loss.
      if (connection.getState().state === 'open') log.add({ type: 'lost' })
      connection.setState({ state: 'lost' })
    },
    onEnd: end => connection.setState({ state: 'ended', end }),
    onEvent(event) {
      if (event.name === 'message') confirmOwn(event.data)
      transcript.handle(event)
      players.handle(event)
      room.handle(event)
      introduction.handle(event)
      log.handle(event)
      if (event.name === 'meta' && (event.data.type === 'hello' || event.data.type === 'emotes'))
        emotes.setState({ emotes: event.data.emotes })
      if (event.name === 'meta' && event.data.type === 'presets')
        void (event.data.kind === 'speakers' ? speakers : phrases).load()
      for (const listener of listeners) listener(event)
    },
  })

  /** The stream tells what was published even if the answer got lost. */
  function confirmOwn(message: Message): void {
    const key = lineKey(message)
    if (key) outbox.confirm(key)
  }

  /** What may have changed while the connection was down. */
  async function refresh(): Promise<void> {
    void room.load()
    void speakers.load()
    void phrases.load()
    await readNewest()
  }

  let closed = false
  let rereading: ReturnType<typeof setTimeout> | undefined
  async function readNewest(): Promise<void> {
    clearTimeout(rereading)
    const page = await listMessages(request, roomId, { limit: 100 })
    if (!page.ok) {
      // While there is no stream, the next one asks.
      if (!closed && connection.getState().state === 'open' && isPassing(page.failure))
        rereading = setTimeout(readNewest, page.failure.retryAfter ?? REREAD)
      return
    }
    // A line whose answer got lost may stand there: it is not sent again.
    page.value.messages.forEach(confirmOwn)
    transcript.merge(page.value.messages)
  }

  /** @returns whether the outbox has it. */
  function handOut(publication: Publication, key?: string): boolean {
    const taken = 'key' in outbox.add(publication, key)
    if (!taken) trouble.setState({ trouble: 'outbox-full' })
    return taken
  }

  const online = () => {
    stream.reconnect()
    outbox.flush()
  }
  window.addEventListener('online', online)
  /** Another page of this browser has changed what both keep. */
  const stored = ({ key }: StorageEvent) => held.refresh(key)
  window.addEventListener('storage', stored)

  return {
    roomId,
    request,
    connection,
    trouble,
    room,
    transcript,
    players,
    outbox,
    held,
    draft,
    script,
    log,
    emotes,
    speakers,
    phrases,
    listen(listener) {
      listeners.add(listener)
      for (const event of introduction.events()) listener(event)
      return () => listeners.delete(listener)
    },
    async readBefore(before, limit) {
      const page = await listMessages(request, roomId, { before, limit })
      if (!page.ok) throw new Error(page.failure.reason)
      return page.value.messages.filter(({ label }) => isFor(label, ''))
    },
    say: ({ speaker, text, label, key }) =>
      handOut({ speaker, data: { message: text }, ...(label ? { label } : {}) }, key),
    publish: handOut,
    control: (action, label) => control(request, roomId, action, label),
    async retract(id) {
      const answer = await retractMessage(request, roomId, id)
      if (answer.ok) transcript.remove(id)
      return answer
    },
    async attempt(work) {
      const answer = await work
      trouble.setState({ trouble: answer.ok ? null : answer.failure })
    },
    reconnect: online,
    close() {
      window.removeEventListener('online', online)
      window.removeEventListener('storage', stored)
      closed = true
      clearTimeout(rereading)
      stream.close()
      outbox.stop()
      room.stop()
    },
  }
}
