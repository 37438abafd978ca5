import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page, Request } from '@playwright/test'
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
  // The seed's GET line needs no permission at all: a picture's address will do.
  for (const address of [
    `${ours.url}/api/v1/send/evil?msg=from+evil`,
    `${ours.url}/api/v1/send/evil?msg=from+evil&token=${token}`,
  ]) {
    const shown = await page.evaluate(
      src =>
        new Promise(resolve => {
          const image = Object.assign(new Image(), { src })
          image.onload = () => resolve(true)
          image.onerror = () => resolve(false)
        }),
      address,
    )
    expect(shown).toBe(false)
  }
  const isBeacon = (request: Request) => request.url().endsWith('/api/v1/send')
  const beacon = Promise.any([
    page.waitForEvent('requestfinished', isBeacon),
    page.waitForEvent('requestfailed', isBeacon),
  ])
  await page.evaluate(
    ({ target, token }) => {
      const line = { speaker: 'evil', data: { message: 'from evil' }, token }
      navigator.sendBeacon(`${target}/api/v1/send`, JSON.stringify(line))
    },
    { target: ours.url, token },
  )
  await beacon
  expect(await history(ours)).not.toContain('from evil')
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

test('a page of another site may listen to an open room, as the seed has it, and take our client for it', async ({
  page,
  ours,
  evil,
}) => {
  await page.goto(evil)
  await page.addScriptTag({ url: `${ours.url}/static/js/sse-client.js` })
  const hello = page.evaluate(
    target =>
      new Promise<string>((resolve, reject) => {
        const { EventSource } = (
          window as unknown as { SSEClient: { EventSource: typeof globalThis.EventSource } }
        ).SSEClient
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
  await signInHere(page, ours)
  const pages = ['/', '/lobby', '/lobby/history', '/quick', '/docs', '/broker', '/admin']
  const sections = ['speakers', 'phrases', 'history', 'look', 'share', 'settings']
  for (const path of [...pages, ...sections.map(name => `/admin/${name}`)]) {
    const answer = await page.goto(ours.url + path)
    await page.waitForLoadState('load')
    if (path.startsWith('/admin')) await expect(page.getByRole('navigation').first()).toBeVisible()
    const policy = answer!.headers()['content-security-policy']!
    expect(/script-src ([^;]+)/.exec(policy)?.[1], path).toBe("'self'")
    const isPlayer = !/^\/(?:admin|quick|docs|broker)/.test(path)
    expect(policy.includes("style-src 'self' 'unsafe-inline'"), path).toBe(isPlayer)
    expect(/img-src ([^;]+)/.exec(policy)?.[1], path).toBe(
      `'self' data: blob:${isPlayer ? ' http: https:' : ''}`,
    )
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

/** Text that a page could take for something else. Each would leave a trace if it did. */
const HOSTILE = [
  '<script>window.hacked = true</script>',
  '<img src=x onerror="window.hacked = true">',
  '"><svg onload="window.hacked = true">',
  '<style>*{display:none!important}</style>',
  '*{display:none!important} /* CSS */',
  'javascript:window.hacked=true',
  '</script><script>window.hacked=true</script>',
  "'-window.hacked=true-'",
  '{{constructor.constructor("window.hacked=true")()}}',
  '<iframe srcdoc="<script>parent.hacked=true</script>">',
  '<base href="https://evil.example/">',
  'https://evil.example/?<u>not a link</u>',
  '\u202egnp.exe\u202c &lt;b&gt; &#60;i&#62;',
]
/** What a person can't see: refused in names, shown as nothing in a line. */
const CONTROL = ['a\u0000b', 'a\u0007\u001b[31mb', 'a\nb']
/** A picture of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

/** Notes what a page must not do, whatever text it shows. @returns what it did. */
function watch(page: Page, server: TestServer): string[] {
  const wrong: string[] = []
  page.on('dialog', dialog => {
    wrong.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', request => {
    if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(`${server.url}/`))
      wrong.push(`request ${request.url()}`)
  })
  page.on('console', message => {
    if (/Content Security Policy/i.test(message.text())) wrong.push(message.text())
  })
  page.on('pageerror', error => wrong.push(`error ${error.message}`))
  return wrong
}

test('text that looks like a page is shown as text, in every field of the player and the controller', async ({
  page,
  ours,
  context,
}, testInfo) => {
  test.slow()
  const owner = await signIn(ours, OWNER, { 'User-Agent': HOSTILE[1]! })
  const status = async (method: string, path: string, body: unknown) =>
    (await owner.api(method, path, body)).status

  await owner.json('PATCH', '/rooms/lobby', {
    name: HOSTILE[1],
    settings: { typewriter: { charMs: 0 }, queue: { policy: 'replace' } },
  })
  await owner.json('POST', '/rooms', { id: 'second', name: HOSTILE[3] })
  const uploaded = await fetch(`${ours.url}/api/v1/assets?name=${encodeURIComponent(HOSTILE[2]!)}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${owner.accessToken}` },
    body: PIXEL,
  })
  expect(uploaded.status).toBe(201)
  const { asset } = await uploaded.json()
  for (const [at, text] of HOSTILE.entries()) {
    const expressions = [{ name: text.slice(0, 40), asset: asset.id }]
    await owner.json('POST', '/speakers', { name: text, expressions, avatar: asset.id })
    const phrase = { title: text, text, speaker: text, folder: text.slice(0, 60), hotkey: text.slice(0, 40) }
    await owner.json('POST', '/phrases', phrase)
    await owner.json('POST', '/tokens', { name: `${at}${text}`.slice(0, 64), scopes: ['read'] })
    // A name of letters, and a picture's name that is typed between colons: neither can hold it.
    expect(await status('POST', '/users', { username: text, password: '12345678' }), text).toBe(400)
    const emote = await fetch(`${ours.url}/api/v1/assets/emotes?name=${encodeURIComponent(text)}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${owner.accessToken}` },
      body: PIXEL,
    })
    expect(emote.status, text).toBe(400)
  }
  for (const text of CONTROL) {
    expect(await status('POST', '/speakers', { name: text }), text).toBe(400)
    expect(await status('POST', '/tokens', { name: text, scopes: ['read'] }), text).toBe(400)
    expect(await status('POST', '/users', { username: text, password: '12345678' }), text).toBe(400)
    expect(await status('POST', '/rooms/lobby/messages', { speaker: text, data: { message: '' } })).toBe(400)
  }
  const name = { en: HOSTILE[0]!, zh: HOSTILE[1]!, ja: HOSTILE[2]! }
  const theme = await owner.json<{ theme: { id: string } }>('POST', '/themes/import', {
    kind: 'streaming-message/theme',
    version: 1,
    manifest: {
      id: 'hostile',
      name,
      author: HOSTILE[2],
      base: 'novel',
      layout: 'dialogue',
      tokens: [],
      variants: [{ id: 'one', label: name, values: { 'text-color': HOSTILE[2] } }],
    },
    css: '.sm-text{color:red}</style><script>window.hacked=true</script>@import "https://evil.example/x.css";.sm-box{background:url(https://evil.example/x.png)}',
    assets: {},
  })
  await owner.json('PATCH', '/rooms/lobby', { settings: { look: { theme: theme.theme.id } } })

  await page.setViewportSize({ width: 1920, height: 1080 })
  const inPlayer = watch(page, ours)
  await page.goto(`${ours.url}/?${new URLSearchParams({ label: HOSTILE[2]!, device: HOSTILE[1]! })}`)
  const say = (input: object) => owner.json('POST', '/rooms/lobby/messages', input)
  for (const [at, text] of HOSTILE.entries()) {
    for (const format of ['plain', 'markup']) {
      const data = { message: `${format} ${text}`, format, look: { expression: text.slice(0, 64) } }
      await say({ speaker: text, data, label: HOSTILE[2], meta: { [text]: text } })
      await expect(page.locator('.sm-text')).toContainText(format === 'plain' ? `plain ${text}` : 'markup')
      await expect(page.locator('.sm-name')).toContainText(text)
      await expect(page.locator('.sm-box')).toBeVisible()
    }
    await page.screenshot({ path: testInfo.outputPath(`player-${at}.png`) })
  }
  for (const text of CONTROL) {
    await say({ speaker: 'control', data: { message: `control ${text} end`, format: 'plain' } })
    await expect(page.locator('.sm-text')).toContainText(/control a[\s\S]*b end/)
  }
  await page.screenshot({ path: testInfo.outputPath('player-control.png') })
  for (const address of [
    'javascript:window.hacked=true',
    'data:text/html,<script>hacked=1</script>',
    '//evil.example/x.png',
  ])
    expect(
      await status('POST', '/rooms/lobby/messages', { data: { message: 'x', look: { avatar: address } } }),
    ).toBe(400)
  await say({ speaker: HOSTILE[2], data: { message: HOSTILE[1], format: 'plain' } })
  await expect(page.locator('.sm-text')).toContainText(HOSTILE[1]!)
  await page.goto(`${ours.url}/lobby/history`)
  await expect(page.locator('body')).toContainText(HOSTILE[1]!)
  await page.screenshot({ path: testInfo.outputPath('player-history.png') })
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect(inPlayer).toEqual([])

  // A player stays, so that the controller has one to list.
  await page.goto(`${ours.url}/?label=${encodeURIComponent(HOSTILE[2]!)}`)
  const controller = await context.newPage()
  await controller.setViewportSize({ width: 1100, height: 720 })
  await signInHere(controller, ours)
  const inController = watch(controller, ours)
  const sections: [path: string, texts: string[]][] = [
    ['/admin', [HOSTILE[0]!, HOSTILE[1]!]],
    ['/admin/speakers', HOSTILE],
    ['/admin/phrases', HOSTILE],
    ['/admin/history', [HOSTILE[1]!, 'plain <script>']],
    ['/admin/look', [HOSTILE[0]!]],
    ['/admin/share', []],
    ['/admin/settings', [HOSTILE[1]!, HOSTILE[2]!]],
  ]
  for (const [path, texts] of sections) {
    await controller.goto(ours.url + path)
    for (const text of texts) await expect(controller.locator('body'), path).toContainText(text)
    await expect(controller.getByRole('navigation').first()).toBeVisible()
    // Its parts scroll: all of them are to be seen.
    await controller.setViewportSize({ width: 1100, height: path.endsWith('/settings') ? 3_600 : 720 })
    const shot = `controller${path.replaceAll('/', '-')}.png`
    await controller.screenshot({ path: testInfo.outputPath(shot), fullPage: true })
    expect(await controller.evaluate(() => 'hacked' in window), path).toBe(false)
  }
  // The live preview is a player, and shows it as one.
  await controller.goto(`${ours.url}/admin`)
  const preview = controller.frameLocator('iframe[src="/admin/preview"]')
  await expect(preview.locator('.sm-text')).toContainText(HOSTILE[1]!)
  await expect(preview.locator('.sm-box')).toBeVisible()
  await controller.setViewportSize({ width: 390, height: 844 })
  await controller.screenshot({ path: testInfo.outputPath('controller-phone.png') })
  expect(inController).toEqual([])
})
