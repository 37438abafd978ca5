import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { parseAnswers, speak } from '../support/wire.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

async function framers(path: string): Promise<string | undefined> {
  const { headers } = await fetch(server.url + path)
  return /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1]
}

describe('Whose page may frame', () => {
  // A click on one of these can be worth a lot, and paths are compared without regard to capitals and a slash at the end.
  test.each(['/admin', '/admin/rooms', '/docs', '/broker', '/quick'])(
    '%s: nobody’s, however it is written',
    async path => {
      for (const written of [
        path,
        `${path}/`,
        path.toUpperCase(),
        `${path.replace(/^\/./, first => first.toUpperCase())}/`,
        `${path}?x=1`,
      ])
        expect(await framers(written), written).toBe("'none'")
    },
  )

  test('the player: anybody’s', async () => {
    for (const path of ['/', '/lobby', '/Lobby/', '/lobby/history'])
      expect(await framers(path), path).toBe('*')
  })

  test('the controller’s preview: the controller’s own', async () => {
    for (const path of ['/admin/preview', '/Admin/Preview/']) expect(await framers(path), path).toBe("'self'")
  })
})

test.each([
  ['names a port that there is none of', 'GET /loader.html HTTP/1.1\r\nHost: localhost:99999'],
  ['is left out, as HTTP/1.0 may', 'GET /loader.html HTTP/1.0'],
])('the loader file looks for the server where it is, though the Host %s', async (_how, head) => {
  const said = await speak(server.url, `${head}\r\nConnection: close\r\n\r\n`)
  const [answer] = parseAnswers(said)
  expect(answer?.status).toBe(200)
  expect(answer?.body).toContain(`http://127.0.0.1:${new URL(server.url).port}`)
})
