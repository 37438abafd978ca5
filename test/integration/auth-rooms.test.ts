import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Room } from '../../src/shared/room.ts'
import { newPerson, OWNER_ENV, type Person, signIn } from '../support/accounts.ts'
import { isMessage, isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let owner: Person
let aki: Person
let botan: Person
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
  owner = await signIn(server)
  aki = await newPerson(server, owner, 'aki')
  botan = await newPerson(server, owner, 'botan')
  await aki.json('POST', '/rooms', { id: 'akiroom' })
})
afterAll(() => server.dispose())

const status = async (answer: Promise<Response>) => (await answer).status
const roomIds = async (person: Person) =>
  (await person.json<{ rooms: Room[] }>('GET', '/rooms')).rooms.map(room => room.id)
const stream = (room: string, query: Record<string, string>) =>
  openTestStream(`${server.url}/api/v1/rooms/${room}/events?${new URLSearchParams(query)}`)
const closedReason = async (opened: Awaited<ReturnType<typeof stream>>) =>
  JSON.parse((await opened.waitFor(isMeta('closed'))).data).reason

describe('rooms of several users', () => {
  test('each sees and controls only their own; the server’s owner sees all', async () => {
    await botan.json('POST', '/rooms', { id: 'BotanRoom' })
    expect(await roomIds(aki)).toEqual(['akiroom'])
    expect(await roomIds(botan)).toEqual(['botanroom'])
    expect(await roomIds(owner)).toEqual(expect.arrayContaining(['lobby', 'akiroom', 'botanroom']))
    for (const [method, path, body] of [
      ['GET', '/rooms/akiroom', undefined],
      ['PATCH', '/rooms/akiroom', { name: 'mine' }],
      ['DELETE', '/rooms/akiroom', undefined],
      ['POST', '/rooms/akiroom/messages', { data: { message: 'x' } }],
      ['GET', '/rooms/akiroom/messages', undefined],
      ['DELETE', '/rooms/akiroom/messages', undefined],
      ['POST', '/rooms/akiroom/control', { action: 'clear' }],
      ['GET', '/rooms/akiroom/subscribers', undefined],
      ['GET', '/rooms/akiroom/moderators', undefined],
      ['POST', '/rooms/akiroom/moderators', { username: 'botan' }],
    ] as const) {
      expect(await status(botan.api(method, path, body)), `${method} ${path}`).toBe(403)
    }
    expect(await status(botan.api('GET', '/rooms/lobby'))).toBe(403)
  })

  test('an id is free once, whoever has it, and the default room is the owner’s to choose', async () => {
    expect(await status(botan.api('POST', '/rooms', { id: 'AKIROOM' }))).toBe(409)
    expect(await status(botan.api('POST', '/rooms', { id: 'admin' }))).toBe(400)
    expect(await status(aki.api('PATCH', '/rooms/akiroom', { isDefault: true }))).toBe(403)
  })

  test('a moderator may send, read and kick, and change nothing of the room', async () => {
    expect(await status(aki.api('POST', '/rooms/akiroom/moderators', { username: 'BOTAN' }))).toBe(201)
    const { rooms } = await botan.json<{ rooms: Room[] }>('GET', '/rooms')
    expect(rooms.map(({ id, may }) => ({ id, may }))).toEqual(
      expect.arrayContaining([
        { id: 'akiroom', may: ['publish', 'read'] },
        { id: 'botanroom', may: ['publish', 'read', 'manage'] },
      ]),
    )
    await aki.json('PATCH', '/rooms/akiroom', { watchKey: 'secret-key' })
    expect((await botan.json<{ room: Room }>('GET', '/rooms/akiroom')).room).not.toHaveProperty('watchKey')
    expect((await aki.json<{ room: Room }>('GET', '/rooms/akiroom')).room.watchKey).toBe('secret-key')

    const player = await stream('akiroom', { key: 'secret-key', label: 'kick me' })
    await player.waitFor(isMeta('hello'))
    expect(await status(botan.api('POST', '/rooms/akiroom/messages', { data: { message: 'hi' } }))).toBe(202)
    await player.waitFor(isMessage)
    const { subscribers } = await botan.json<{ subscribers: { id: string }[] }>(
      'GET',
      '/rooms/akiroom/subscribers',
    )
    expect(await status(botan.api('DELETE', `/rooms/akiroom/subscribers/${subscribers[0]!.id}`))).toBe(204)
    expect(await closedReason(player)).toBe('kicked')
    expect(await status(botan.api('PATCH', '/rooms/akiroom', { name: 'x' }))).toBe(403)
    expect(await status(botan.api('DELETE', '/rooms/akiroom'))).toBe(403)
    expect(await status(botan.api('POST', '/rooms/akiroom/moderators', { username: 'owner' }))).toBe(403)
  })

  test('a room taken back from a moderator is gone for them at once, open streams too', async () => {
    const watching = await stream('akiroom', { role: 'controller', token: botan.accessToken })
    const own = await stream('botanroom', { role: 'controller', token: botan.accessToken })
    await watching.waitFor(isMeta('hello'))
    await own.waitFor(isMeta('hello'))
    expect(await status(aki.api('DELETE', `/rooms/akiroom/moderators/${botan.user.id}`))).toBe(204)
    expect(await closedReason(watching)).toBe('revoked')
    expect(await status(botan.api('POST', '/rooms/akiroom/messages', { data: { message: 'x' } }))).toBe(403)
    expect(await roomIds(botan)).toEqual(['botanroom'])
    await botan.json('POST', '/rooms/botanroom/messages', { data: { message: 'still here' } })
    await own.waitFor(isMessage)
    own.close()
  })

  test('of a deleted user fall to the owner; their logins, tokens and streams end', async () => {
    const chie = await newPerson(server, owner, 'chie')
    await chie.json('POST', '/rooms', { id: 'chieroom' })
    const { token } = await chie.json<{ token: string }>('POST', '/tokens', { name: 'bot', scopes: ['read'] })
    const byLogin = await stream('chieroom', { role: 'controller', token: chie.accessToken })
    const byToken = await stream('chieroom', { role: 'controller', token })
    await byLogin.waitFor(isMeta('hello'))
    await byToken.waitFor(isMeta('hello'))
    expect(await status(owner.api('DELETE', `/users/${chie.user.id}`))).toBe(204)
    expect(await closedReason(byLogin)).toBe('revoked')
    expect(await closedReason(byToken)).toBe('revoked')
    expect(await status(chie.api('GET', '/auth/me'))).toBe(401)
    expect((await owner.json<{ room: Room }>('GET', '/rooms/chieroom')).room.owner).toBe(owner.user.id)
  })
})

describe('a watch key', () => {
  test('lets nobody in without it, and changing it ends the players that used the old one', async () => {
    await aki.json('POST', '/rooms', { id: 'keyroom' })
    const open = await stream('keyroom', {})
    await open.waitFor(isMeta('hello'))
    const mine = await stream('keyroom', { token: aki.accessToken, role: 'controller' })
    await mine.waitFor(isMeta('hello'))

    await aki.json('PATCH', '/rooms/keyroom', { watchKey: 'first-key' })
    expect(await closedReason(open)).toBe('locked')
    await open.ended
    for (const query of ['', '?key=', '?key=first', '?key=FIRST-KEY', '?key=first-key%00']) {
      const answer = await fetch(`${server.url}/api/v1/rooms/keyroom/events${query}`)
      expect([400, 403], query).toContain(answer.status)
      await answer.body?.cancel()
    }
    const withKey = await stream('keyroom', { key: 'first-key' })
    await withKey.waitFor(isMeta('hello'))

    await aki.json('PATCH', '/rooms/keyroom', { watchKey: 'second-key' })
    expect(await closedReason(withKey)).toBe('locked')
    await aki.json('PATCH', '/rooms/keyroom', { watchKey: null })
    const again = await stream('keyroom', {})
    await again.waitFor(isMeta('hello'))
    // The controller's stream rests on a login, not on the key.
    expect(mine.events.some(isMeta('closed'))).toBe(false)
    again.close()
    mine.close()
  })

  test('stands in no log line, nor does a token or what was said', async () => {
    const talkative = await startTestServer({ env: { LOG_LEVEL: 'trace' } })
    try {
      const secrets = ['key-that-is-secret', 'token-that-is-secret', 'words-that-are-secret']
      const [key, token, words] = secrets
      await fetch(`${talkative.url}/api/v1/events?key=${key}&room=keyless&token=${token}&role=controller`)
      await fetch(`${talkative.url}/api/v1/events?%6bey=${key}&t%6fken=${token}&role=controller`)
      await fetch(`${talkative.url}/api/v1/send/somebody?token=${token}&msg=${words}`)
      await fetch(`${talkative.url}/admin/setup?code=${key}`, {
        headers: { Referer: `http://x/?key=${key}` },
      })
      await fetch(`${talkative.url}/nowhere?key=${key}`, { headers: { Authorization: `Bearer ${token}` } })
      await talkative.api('POST', '/rooms/lobby/messages', { data: { message: words } })
      await talkative.kill('SIGTERM')
      expect(talkative.output()).toContain('/api/v1/send/somebody')
      for (const secret of secrets) expect(talkative.output()).not.toContain(secret)
    } finally {
      await talkative.dispose()
    }
  })
})
