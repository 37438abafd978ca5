import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startTestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'
import { say } from './player-page.ts'

test('the loader file, opened before the server is there, waits for it and goes to the player', async ({
  page,
  server,
}) => {
  const answer = await fetch(`${server.url}/loader.html?room=lobby&theme=glass`)
  expect(answer.headers.get('content-disposition')).toContain('streaming-message-lobby.html')
  const folder = await mkdtemp(join(tmpdir(), 'loader-'))
  const file = join(folder, 'loader.html')
  await writeFile(file, await answer.text())
  expect(await readFile(file, 'utf8')).toContain(new URL(server.url).port)
  await say(server, '夏目', '终于等到你')
  await server.kill('SIGTERM')
  await page.goto(pathToFileURL(file).href)
  await expect(page.locator('#waiting')).toBeVisible()
  const again = await startTestServer({
    built: true,
    dataDir: server.dataDir,
    port: Number(new URL(server.url).port),
  })
  try {
    await expect(page).toHaveURL(/\/lobby\?theme=glass$/)
    await expect(page.locator('.sm-text')).toContainText('终于等到你')
  } finally {
    await again.kill()
    await rm(folder, { recursive: true })
  }
})

test('the player answers the loader’s probe without opening a stream', async ({ page, server }) => {
  // OBS opens a local file as http://absolute/…: a page of another origin.
  const stranger = createServer((_req, res) => res.setHeader('Content-Type', 'text/html').end('<p></p>'))
  await new Promise<void>(resolve => stranger.listen(0, '127.0.0.1', resolve))
  await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`)
  const said = page.evaluate(
    url =>
      new Promise(resolve => {
        addEventListener('message', event => resolve(event.data))
        const frame = document.createElement('iframe')
        frame.src = `${url}/?probe`
        document.body.append(frame)
      }),
    server.url,
  )
  expect(await said).toBe('streaming-message')
  stranger.close()
  stranger.closeAllConnections()
  const { subscribers } = (await (await server.api('GET', '/rooms/lobby/subscribers')).json()) as {
    subscribers: unknown[]
  }
  expect(subscribers).toEqual([])
})
