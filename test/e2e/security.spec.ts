import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { OWNER, OWNER_ENV, signIn } from '../support/accounts.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { test as base, expect } from './fixtures.ts'

/** What a page of another site can do to us, tried in a real browser that is signed in here. */

// Chromium's own guard of the local network comes before ours; not every browser has one (OBS has not).
base.use({
  launchOptions: async ({ launchOptions }, use) => {
    const args = [
      ...(launchOptions.args ?? []),
      '--disable-features=LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests',
    ]
    await use({ ...launchOptions, args })
  },
})

interface Fixtures {
  ours: TestServer
  /** A page of another site: its address. */
  evil: string
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
  ours: async ({}, use) => {
    const server = await startTestServer({ built: true, env: OWNER_ENV })
    await use(server)
    await server.dispose()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
  evil: async ({}, use) => {
    const server: Server = createServer((_req, res) => {
      res.setHeader('Content-Type', 'text/html')
      res.end('<!doctype html><title>evil</title><p id="out"></p>')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    await use(`http://site.evil.test:${(server.address() as AddressInfo).port}/`)
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  },
})

/** The owner has signed in here before: the browser holds the refresh cookie. */
async function signInHere(page: Page, server: TestServer): Promise<string> {
  await page.goto(`${server.url}/lobby/history`)
  const status = await page.evaluate(async input => {
    const answer = await fetch('/api/v1/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(input),
    })
    return answer.status
  }, OWNER)
  expect(status).toBe(200)
  return (await signIn(server)).accessToken
}

async function history(server: TestServer): Promise<string> {
  return (await server.api('GET', '/rooms/lobby/messages')).text()
}

test('a page of another site reads nothing and sends nothing, by any means that a browser has', async ({
  page,
  ours,
  evil,
}) => {
  const token = await signInHere(page, ours)
  await page.goto(evil)
  const attempt = (what: string, target: string) =>
    page.evaluate(
      async ({ what, target, token }) => {
        const body = JSON.stringify({ speaker: 'evil', data: { message: 'from evil' }, token })
        const calls: Record<string, () => Promise<unknown>> = {
          'fetch with the token': () =>
            fetch(`${target}/api/v1/rooms/lobby/messages`, {
              method: 'POST',
              headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
              body,
            }),
          'simple fetch with cookies': () =>
            fetch(`${target}/api/v1/send`, { method: 'POST', credentials: 'include', body }),
          'fetch that asks for no answer': () =>
            fetch(`${target}/api/v1/send`, { method: 'POST', mode: 'no-cors', credentials: 'include', body }),
          'refresh with cookies': () =>
            fetch(`${target}/api/v1/auth/refresh`, { method: 'POST', credentials: 'include' }),
          'reading the rooms': () =>
            fetch(`${target}/api/v1/rooms`, { headers: { Authorization: `Bearer ${token}` } }),
          'reading the server': () => fetch(`${target}/api/v1/server`),
          'reading the controller': () => fetch(`${target}/admin`),
        }
        try {
          const answer = (await calls[what]!()) as Response
          return `${answer.type} ${answer.status} ${await answer.text()}`
        } catch {
          return 'failed'
        }
      },
      { what, target, token },
    )
  for (const what of [
    'fetch with the token',
    'simple fetch with cookies',
    'refresh with cookies',
    'reading the rooms',
    'reading the server',
    'reading the controller',
  ]) {
    expect(await attempt(what, ours.url), what).toBe('failed')
  }
  // Not even a sign that there was an answer: Cross-Origin-Resource-Policy.
  expect(await attempt('fetch that asks for no answer', ours.url)).toBe('failed')

  // A form needs no permission to be sent, and its answer becomes the page.
  await page.goto(evil)
  const answered = page.waitForResponse(response => response.url().endsWith('/api/v1/send'))
  await page.evaluate(
    ({ target, token }) => {
      const form = document.createElement('form')
      form.method = 'post'
      form.enctype = 'text/plain'
      form.action = `${target}/api/v1/send`
      const field = document.createElement('input')
      field.name = `{"speaker":"evil","token":"${token}","data":{"message":"from evil","x":"`
      field.value = '"}}'
      form.append(field)
      document.body.append(form)
      form.submit()
    },
    { target: ours.url, token },
  )
  expect((await answered).status()).toBe(403)
  expect(await history(ours)).not.toContain('from evil')
})

test('a page of another site may listen to an open room, as the seed has it', async ({
  page,
  ours,
  evil,
}) => {
  await page.goto(evil)
  const hello = page.evaluate(
    target =>
      new Promise<string>((resolve, reject) => {
        const source = new EventSource(`${target}/api/v1/events`)
        source.addEventListener('meta', event => {
          source.close()
          resolve((event as MessageEvent<string>).data)
        })
        source.onerror = () => reject(new Error('refused'))
      }),
    ours.url,
  )
  expect(JSON.parse(await hello)).toMatchObject({ type: 'hello', room: 'lobby' })
})

test('a name that was bound anew to this machine reaches nothing', async ({ page, ours }) => {
  const port = new URL(ours.url).port
  // The page was loaded while the name still led to its own server; from now on it leads to ours.
  const rebound = `http://rebound.evil.test:${port}`
  await page.route(`${rebound}/evil.html`, route =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>evil</title>' }),
  )
  await page.goto(`${rebound}/evil.html`)
  const answers = await page.evaluate(async token => {
    const call = async (path: string, init?: RequestInit) => {
      const answer = await fetch(path, init)
      return `${answer.status} ${(await answer.json()).error}`
    }
    return [
      await call('/api/v1/server'),
      await call('/api/v1/events'),
      await call('/admin'),
      await call('/openapi.json'),
      await call('/api/v1/send', {
        method: 'POST',
        body: JSON.stringify({ token, data: { message: 'rebound' } }),
      }),
      await call('/api/v1/auth/login', { method: 'POST', body: '{}' }),
    ]
  }, ours.token)
  expect(new Set(answers)).toEqual(new Set(['403 wrong-host']))
  expect(await history(ours)).not.toContain('rebound')
})

test('the controller can’t be framed, the player can', async ({ page, ours, evil }) => {
  await page.goto(evil)
  const framed = async (path: string) => {
    const frame = page.frameLocator('iframe')
    await page.evaluate(src => {
      document.querySelector('iframe')?.remove()
      const element = document.createElement('iframe')
      element.src = src
      document.body.append(element)
      return new Promise(resolve => element.addEventListener('load', resolve))
    }, ours.url + path)
    return frame.locator('script[src*="/static/"]')
  }
  const blocked = 'chrome-error://chromewebdata/'
  for (const path of ['/admin', '/quick', '/docs']) {
    await framed(path)
    await expect.poll(() => page.frames()[1]?.url(), path).toBe(blocked)
  }
  await expect(await framed('/')).not.toHaveCount(0)
})

test('no page runs inline script or breaks its own policy', async ({ page, ours }) => {
  const broken: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/i.test(message.text())) broken.push(message.text())
  })
  for (const path of ['/', '/lobby', '/lobby/history', '/admin', '/quick', '/docs']) {
    const answer = await page.goto(ours.url + path)
    await page.waitForLoadState('load')
    const policy = answer!.headers()['content-security-policy']!
    expect(/script-src ([^;]+)/.exec(policy)?.[1], path).toBe("'self'")
    expect(policy, path).toContain("object-src 'none'")
    expect(answer!.headers()['referrer-policy'], path).toBe('no-referrer')
    expect(answer!.headers()['x-content-type-options'], path).toBe('nosniff')
    expect(broken, path).toEqual([])
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.inlineScriptRan = true'
      document.head.append(script)
      return 'inlineScriptRan' in window
    })
    expect(ran, path).toBe(false)
    broken.length = 0
  }
})

const HOSTILE = [
  '<script>window.hacked = true</script>',
  '<img src=x onerror="window.hacked = true">',
  '"><svg onload="window.hacked = true">',
  '<style>*{display:none!important}</style>',
  'javascript:window.hacked=true',
  '</script><script>window.hacked=true</script>',
  "'-alert(1)-'",
  '{{constructor.constructor("window.hacked=true")()}}',
  '<iframe srcdoc="<script>parent.hacked=true</script>">',
]

test('text that looks like a page is shown as text, in the player and in the controller', async ({
  page,
  ours,
  context,
}) => {
  const owner = await signIn(ours)
  await owner.json('PATCH', '/rooms/lobby', {
    name: HOSTILE[1]!,
    settings: { typewriter: { charMs: 0 }, queue: { policy: 'replace' } },
  })
  for (const [at, text] of HOSTILE.entries()) {
    await owner.json('POST', '/speakers', { name: text.slice(0, 100) }).catch(() => {})
    await owner.json('POST', '/phrases', { name: text.slice(0, 60), text }).catch(() => {})
    await owner.json('POST', '/tokens', { name: `${at}${text}`.slice(0, 64), scopes: ['read'] })
  }
  await page.goto(`${ours.url}/?label=${encodeURIComponent(HOSTILE[2]!)}`)
  for (const text of HOSTILE) {
    await owner.json('POST', '/rooms/lobby/messages', {
      speaker: text.slice(0, 100),
      data: { message: text, format: 'plain' },
    })
    await expect(page.locator('body')).toContainText(text)
    await owner.json('POST', '/rooms/lobby/messages', {
      speaker: text.slice(0, 100),
      data: { message: `m ${text}` },
    })
  }
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)

  const controller = await context.newPage()
  await signInHere(controller, ours)
  await controller.goto(`${ours.url}/admin`)
  await expect(controller.locator('body')).toContainText(HOSTILE[0]!)
  expect(await controller.evaluate(() => 'hacked' in window)).toBe(false)
})
