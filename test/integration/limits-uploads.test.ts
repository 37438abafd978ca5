import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

/** A picture's first bytes tell its kind; no more of it is looked at. */
const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
const GIF = Buffer.from('GIF89a', 'latin1')
const ofSize = (kind: Buffer, size: number, filling = 0) =>
  Buffer.concat([kind, Buffer.alloc(size - kind.length, filling)])

const ENV = {
  MAX_UPLOAD_BYTES: '1000',
  MAX_EMOTE_BYTES: '400',
  MAX_UPLOAD_BYTES_PER_OWNER: '2500',
  MAX_THEME_BYTES: '300',
  UPLOAD_TYPES: 'png, WEBP',
}

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: ENV })
})
afterAll(() => server.dispose())

function upload(content: Buffer, path = '/assets?name=a'): Promise<Response> {
  return fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.token}` },
    body: new Uint8Array(content),
  })
}

async function expectRefusal(response: Response, code: number, reason: string): Promise<void> {
  expect(response.status).toBe(code)
  const body = await response.json()
  expect(body).toMatchObject({ success: false, code, error: code === 413 ? 'too-large' : 'unsupported-type' })
  expect(body.msg).toContain(reason)
}

const theme = (id: string, data: string) => ({
  manifest: {
    id,
    name: { en: id, zh: id, ja: id },
    layout: 'dialogue',
    tokens: [],
    variants: [{ id: 'plain', label: { en: 'a', zh: 'a', ja: 'a' }, values: {} }],
  },
  css: '',
  assets: { a: data },
})
const png64 = (size: number) => `data:image/png;base64,${ofSize(PNG, size).toString('base64')}`

describe('uploads', () => {
  test('a controller learns what is taken', async () => {
    const { uploads } = await (await fetch(`${server.url}/api/v1/server`)).json()
    expect(uploads).toEqual({ bytes: 1000, emoteBytes: 400, types: ['image/png', 'image/webp'] })
  })

  test('MAX_UPLOAD_BYTES and MAX_EMOTE_BYTES: the last byte is taken, one more is 413', async () => {
    expect((await upload(ofSize(PNG, 1000, 1))).status).toBe(201)
    await expectRefusal(await upload(ofSize(PNG, 1001)), 413, 'MAX_UPLOAD_BYTES')
    expect((await upload(ofSize(PNG, 400), '/assets/emotes?name=a')).status).toBe(201)
    await expectRefusal(await upload(ofSize(PNG, 401), '/assets/emotes?name=b'), 413, 'MAX_EMOTE_BYTES')
  })

  test('a body that does not say how large it is ends where the limit is', async () => {
    // It never ends by itself.
    const body = new ReadableStream({ start: stream => stream.enqueue(new Uint8Array(ofSize(PNG, 5000))) })
    const leave = new AbortController()
    const response = await fetch(`${server.url}/api/v1/assets`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.token}` },
      body,
      duplex: 'half',
      signal: leave.signal,
    } as RequestInit)
    await expectRefusal(response, 413, 'MAX_UPLOAD_BYTES')
    leave.abort()
  })

  test('UPLOAD_TYPES: another kind is 415, and so is what is no picture', async () => {
    await expectRefusal(await upload(GIF), 415, 'UPLOAD_TYPES')
    await expectRefusal(await upload(GIF, '/assets/emotes?name=c'), 415, 'PNG, WebP')
    await expectRefusal(await upload(Buffer.from('<svg/>')), 415, 'no picture')
  })

  test('MAX_UPLOAD_BYTES_PER_OWNER: what fits is taken, what does not is 413; the same picture again is no more', async () => {
    // 1,400 bytes are there.
    expect((await upload(ofSize(PNG, 1000, 2))).status).toBe(201)
    await expectRefusal(await upload(ofSize(PNG, 500, 3)), 413, 'MAX_UPLOAD_BYTES_PER_OWNER')
    expect((await upload(ofSize(PNG, 1000, 2))).status).toBe(201)
  })

  test('MAX_THEME_BYTES and UPLOAD_TYPES hold for themes', async () => {
    expect((await server.api('POST', '/themes', theme('small', png64(150)))).status).toBe(201)
    await expectRefusal(
      await server.api('POST', '/themes', theme('large', png64(300))),
      413,
      'MAX_THEME_BYTES',
    )
    const gif = `data:image/gif;base64,${GIF.toString('base64')}`
    await expectRefusal(await server.api('POST', '/themes', theme('moving', gif)), 415, 'UPLOAD_TYPES')
  })

  test('a style sheet beyond 64 KiB is 413, counted in bytes', async () => {
    const sheet = { ...theme('wordy', png64(10)), css: `/*${'冲'.repeat(22_000)}*/` }
    await expectRefusal(await server.api('POST', '/themes', sheet), 413, 'style sheet')
  })
})
