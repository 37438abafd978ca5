import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Locator, Page } from '@playwright/test'
import type { LineLook } from '../../src/shared/line-look.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'
import { writeMessage } from './write-message.ts'

/** A picture of one colour, as a PNG inside the message. */
const RED =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='
const BLUE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=='

async function say(server: TestServer, speaker: string, message: string, look?: LineLook): Promise<void> {
  const data = { message, ...(look && { look }) }
  const answer = await server.api('POST', '/rooms/lobby/messages', { speaker, data })
  expect(answer.status).toBe(202)
}

/** @returns the id of the uploaded picture. */
async function upload(server: TestServer, picture: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/assets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}` },
    body: Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64'),
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { asset: { id: string } }).asset.id
}

const configure = (server: TestServer, settings: object) => server.api('PATCH', '/rooms/lobby', { settings })

test('sprites come with their speaker, change their face, dim for another, and leave', async ({
  page,
  server,
}) => {
  await configure(server, { queue: { policy: 'replace' } })
  await page.goto(server.url)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'empty')
  const natsume: LineLook = { expressions: { calm: RED, glad: BLUE }, position: 'left' }
  await say(server, '夏目', '你好', natsume)
  const left = page.locator('.sm-sprite[data-position=left]')
  await expect(left.locator('img').first()).toHaveAttribute('src', RED)
  await say(server, '夏目', '太好了', { ...natsume, expression: 'glad' })
  await expect(left.locator('.sm-picture')).toHaveCount(1)
  await expect(left.locator('img').first()).toHaveAttribute('src', BLUE)

  await say(server, '小雪', '我也来了', { sprite: RED, position: 'right', scene: 'bust' })
  const right = page.locator('.sm-sprite[data-position=right]')
  await expect(right).toHaveAttribute('data-scene', 'bust')
  await expect(left).toHaveClass(/sm-dim/)
  await expect(right).not.toHaveClass(/sm-dim/)

  // Larger, off its place, and by a curve of its own; what is not said stays as it was.
  await say(server, '小雪', '[sprite size=1.5 x=-10 y=5 effect=slide amount=2 easing=ease-out-back]近一点')
  await say(server, '小雪', '[sprite at=center]再近一点')
  const centre = page.locator('.sm-sprite[data-position=center]')
  await expect(centre).toHaveCSS('--zoom', '1.5')
  await expect(centre).toHaveCSS('--x', '-10')
  // A figure that fills the stage in a row, until it is told otherwise.
  await say(server, '小雪', '[sprite repeat=x]一排')
  await expect(centre).toHaveAttribute('data-repeat', 'x')
  const tiles = () =>
    centre
      .locator('.sm-picture')
      .last()
      .evaluate(layer => {
        const { backgroundImage, backgroundRepeat, width } = getComputedStyle(layer, '::before')
        return {
          picture: backgroundImage,
          repeat: backgroundRepeat,
          isBroad: Number.parseFloat(width) > innerWidth,
        }
      })
  expect(await tiles()).toEqual({ picture: `url("${RED}")`, repeat: 'repeat-x', isBroad: true })
  await say(server, '小雪', '[sprite repeat=none]一个')
  await expect(centre).not.toHaveAttribute('data-repeat')

  await server.api('POST', '/rooms/lobby/control', { action: 'clear' })
  await expect(page.locator('.sm-sprite')).toHaveCount(0)
  // Whoever stands there by their preset changes with it.
  const [red, blue] = [await upload(server, RED), await upload(server, BLUE)]
  const preset = { name: '阿明', expressions: [{ name: 'calm', asset: red }] }
  const made = await server.api('POST', '/speakers', preset)
  expect(made.status).toBe(201)
  const { speaker } = (await made.json()) as { speaker: { id: string; version: number } }
  await say(server, '阿明', '我也在')
  await expect(left.locator('img').first()).toHaveAttribute('src', new RegExp(red))
  const changed = await server.api('PATCH', `/speakers/${speaker.id}`, {
    version: speaker.version,
    expressions: [{ name: 'calm', asset: blue }],
    position: 'right',
  })
  expect(changed.status).toBe(200)
  await expect(right.locator('.sm-picture')).toHaveCount(1)
  await expect(right.locator('img').first()).toHaveAttribute('src', new RegExp(blue))

  // A layout without a stage keeps nothing of those who have left.
  await configure(server, { look: { layout: 'chat' } })
  await expect(page.locator('.sm-player')).toHaveAttribute('data-layout', 'chat')
  for (const name of ['夏目', '小雪', '夏目']) {
    await say(server, name, `我是${name}`, { sprite: name === '小雪' ? BLUE : RED })
    await expect(page.locator('.sm-box').last()).toContainText(`我是${name}`)
    await expect(left).toHaveCount(1)
  }
})

test('who speaks again in the middle of a line, or in a line that is added, looks as their message says', async ({
  page,
  server,
}) => {
  await configure(server, { queue: { policy: 'append', holdMs: 60_000 }, typewriter: { charMs: 1 } })
  await page.goto(server.url)
  const player = page.locator('.sm-player')
  await expect(player).toHaveAttribute('data-state', 'empty')
  await say(server, '夏目', '你好。[speaker=小雪]你好。[speaker=夏目]走吧。', { color: '#12ab34' })
  await expect(page.locator('.sm-text')).toContainText('走吧')
  await expect(player).toHaveAttribute('data-state', 'complete')
  await expect(page.locator('.sm-name')).toHaveText('夏目')
  await expect(player).toHaveCSS('--speaker', '#12ab34')
  await say(server, '夏目', '真的。[speaker=小雪]嗯。')
  await expect(page.locator('.sm-name')).toHaveText('小雪')
  await expect(player).toHaveAttribute('data-state', 'complete')
  await say(server, '夏目', '等等我', { color: '#ab1234' })
  await expect(page.locator('.sm-text')).toContainText('嗯。等等我')
  await expect(page.locator('.sm-name')).toHaveText('夏目')
  await expect(player).toHaveCSS('--speaker', '#ab1234')
})

test('a picture that is missing is named, and the line is shown', async ({ page, server }) => {
  await page.goto(server.url)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'empty')
  await say(server, '夏目', '看不见我', { sprite: '/nowhere.png', avatar: '/neither.png' })
  await expect(page.locator('.sm-text')).toContainText('看不见我')
  await expect
    .poll(async () => JSON.stringify(await (await server.api('GET', '/rooms/lobby/subscribers')).json()))
    .toContain('nowhere.png')
})

test('a sound that is missing or none is named, and the line is shown', async ({ page, server }) => {
  const sound = { typing: { enabled: true, volume: 1 }, speech: { enabled: true } }
  await configure(server, { queue: { policy: 'replace' }, sound })
  await page.goto(server.url)
  await page.mouse.click(5, 5)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'empty')
  const problems = async () =>
    JSON.stringify(await (await server.api('GET', '/rooms/lobby/subscribers')).json())
  await say(server, '夏目', '打字的声音不见了', { voice: { sample: '/gone-click.ogg' } })
  await expect(page.locator('.sm-text')).toContainText('打字的声音不见了')
  await expect.poll(problems).toContain('gone-click.ogg')
  for (const [message, audio, name] of [
    ['朗读的声音不见了', '/gone-voice.ogg', 'gone-voice.ogg'],
    ['不是声音', 'data:audio/ogg;base64,QUJD', 'base64,QUJD'],
  ] as const) {
    const answer = await server.api('POST', '/rooms/lobby/messages', { data: { message, audio } })
    expect(answer.status).toBe(202)
    await expect(page.locator('.sm-text')).toContainText(message)
    await expect.poll(problems).toContain(name)
  }
})

test('a voice reads what the room lets it, and a line that is still being written once it is whole', async ({
  page,
  server,
}) => {
  await page.addInitScript(() => {
    const read: string[] = []
    Object.assign(window, { read })
    speechSynthesis.speak = ({ text }) => void read.push(text)
  })
  await configure(server, {
    queue: { policy: 'replace' },
    sound: { speech: { enabled: true, ignored: '～', delayMs: 20 } },
  })
  await page.goto(server.url)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'empty')
  const read = () => page.evaluate(() => (window as unknown as { read: string[] }).read)
  await say(server, '夏目', '你好～😀')
  await expect.poll(read).toEqual(['你好'])
  const { push, end } = writeMessage(server)
  push('先来一半')
  await expect(page.locator('.sm-text')).toHaveText('先来一半')
  expect(await read()).toEqual(['你好'])
  push('，再来一半。')
  await end()
  await expect.poll(read).toEqual(['你好', '先来一半，再来一半。'])
  await expect(page.locator('.sm-live')).toHaveText('bot: 先来一半，再来一半。')
})

test('in the chat layout lines stay above each other, eight at the most', async ({ page, server }) => {
  await configure(server, {
    look: { theme: 'chat' },
    queue: { policy: 'replace', autoHideMs: 0 },
    typewriter: { charMs: 0, commaPauseMs: 0, sentencePauseMs: 0 },
  })
  await page.goto(server.url)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-layout', 'chat')
  for (let number = 1; number <= 10; number++) {
    await say(server, number % 2 ? '夏目' : '小雪', `第${number}句`)
    await expect(page.locator('.sm-box').last()).toContainText(`第${number}句`)
  }
  await expect(page.locator('.sm-box')).toHaveCount(8)
  await expect(page.locator('.sm-box').first()).toContainText('第3句')
  await expect(page.locator('.sm-box.sm-past .sm-name').last()).toHaveText('夏目')
  // What would stand half above the stage leaves.
  await say(server, '小雪', '长长的一句话。'.repeat(60))
  await say(server, '小雪', '长长的一句话。'.repeat(60))
  await expect
    .poll(() =>
      page
        .locator('.sm-box')
        .evaluateAll(all => Math.min(...all.map(box => box.getBoundingClientRect().top))),
    )
    .toBeGreaterThanOrEqual(0)
  // A shout shakes the box here too, to its end, and the box does not arrive anew afterwards.
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    for (const type of ['animationstart', 'animationend'] as const)
      document.addEventListener(type, event => {
        const { target, animationName } = event
        if (target instanceof Element && target.matches('.sm-box:not(.sm-past)'))
          heard.push(`${type.slice(9)} ${animationName}`)
      })
  })
  await say(server, '小雪', '站住！[shout]')
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
  await expect.poll(heard).toContain('end sm-shout')
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect((await heard()).filter(words => words === 'start sm-listed')).toHaveLength(1)
  // Who tells the story has no picture, before and after others speak; theirs stay.
  const avatar = (box: Locator) => box.locator('.sm-avatar')
  await say(server, '', '旁白')
  await expect(page.locator('.sm-box').last()).toContainText('旁白')
  await expect(avatar(page.locator('.sm-box').last())).toBeHidden()
  await expect(avatar(page.locator('.sm-past').last())).toBeVisible()
  await say(server, '夏目', '又来了')
  await expect(page.locator('.sm-box').last()).toContainText('又来了')
  await expect(avatar(page.locator('.sm-past').last())).toBeHidden()
  // A page that begins anew, or is new, has the lines that stood there; none is typed again.
  const lines = (shown: Page) => shown.locator('.sm-box .sm-text')
  const stood = await lines(page).allTextContents()
  expect(stood.length).toBeGreaterThan(3)
  await page.reload()
  await expect(lines(page)).toHaveText(stood)
  await expect(avatar(page.locator('.sm-past').last())).toBeHidden()
  await server.api('POST', '/rooms/lobby/control', { action: 'clear' })
  await expect(page.locator('.sm-past')).toHaveCount(0)
  // What was cleared away stays away; a message of several lines comes back line by line.
  await say(server, '夏目', '甲')
  await configure(server, { queue: { policy: 'wait', holdMs: 0, holdPerCharMs: 0 } })
  await server.api('POST', '/rooms/lobby/messages', {
    speaker: '小雪',
    data: { messages: [{ message: '乙' }, { message: '丙' }, { message: '丁' }] },
  })
  await expect(lines(page)).toHaveText(['甲', '乙', '丙', '丁'])
  await page.reload()
  await expect(lines(page)).toHaveText(['甲', '乙', '丙', '丁'])
  const other = await page.context().newPage()
  await other.goto(server.url)
  await expect(lines(other)).toHaveText(['甲', '乙', '丙', '丁'])
  // It goes on as any list does, and nothing stands there twice.
  await say(server, '夏目', '戊')
  for (const shown of [page, other]) await expect(lines(shown)).toHaveText(['甲', '乙', '丙', '丁', '戊'])
  await server.api('POST', '/rooms/lobby/control', { action: 'clear' })
  await expect(page.locator('.sm-past')).toHaveCount(0)
})

test('the backlog shows what was said, follows live, and keeps secrets', async ({ page, server }) => {
  for (let number = 1; number <= 70; number++)
    await server.api('POST', '/rooms/lobby/messages', {
      speaker: '夏目',
      data: { message: `第${number}句`, secret: 'do not tell' },
      meta: 'nor this',
      ...(number === 5 && { label: 'side' }),
    })
  await page.goto(`${server.url}/lobby/history?theme=bubble`)
  const entries = page.locator('.sm-box')
  await expect(entries).toHaveCount(50)
  // Boxes get their heights as they come in sight, and letters their font: the end stays in sight.
  const below = () =>
    page
      .locator('.sm-list')
      .evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
  await page.evaluate(() => document.fonts.ready)
  await expect.poll(below).toBeLessThan(2)
  await expect(entries.last()).toContainText('第70句')
  await page.locator('.sm-list').evaluate(list => {
    list.scrollTop = 0
  })
  // The one for another label is left out.
  await expect(entries).toHaveCount(69)
  await expect(entries.first()).toContainText('第1句')
  await say(server, '小雪', '[b]新[/b]的一句')
  await expect(entries).toHaveCount(70)
  await expect(entries.last().locator('.sm-b')).toHaveText('新')
  // Without a word to be read there is no empty box.
  await say(server, '小雪', '[wait=1]')
  await expect(entries).toHaveCount(71)
  await expect(entries.last()).toBeHidden()
  // A message file of Echo-Live's: by its own speakers, and there after a reload too.
  const messages = [{ message: [{ text: '旧', style: { bold: true } }] }, { message: '下一行' }]
  await server.api('POST', '/rooms/lobby/messages', { data: { username: '小明', messages } })
  await server.api('POST', '/rooms/lobby/messages', {
    speaker: '夏目',
    data: { message: [{ fragments: ['一'] }, { fragments: ['二[speaker=阿明]三'], speaker: '小雪' }] },
  })
  for (let look = 0; look < 2; look++) {
    await expect(entries.nth(-2).locator('.sm-name')).toHaveText('小明')
    await expect(entries.nth(-2).locator('.sm-line')).toHaveText(['旧', '下一行'])
    await expect(entries.last().locator('.sm-name')).toHaveText(['夏目', '小雪', '阿明'])
    await expect(entries.last().locator('.sm-line')).toHaveText(['一', '二', '三'])
    await page.reload()
  }
  // The other way round, with the newest line at the top; the address goes before the room.
  await configure(server, { backlog: { newestFirst: true, mirrored: true, times: false } })
  await expect(entries.first().locator('.sm-line')).toHaveText(['一', '二', '三'])
  await expect(entries.first().locator('.sm-time')).toBeHidden()
  // Beside a dialogue that types slowly, a line is not read before it stands there.
  await configure(server, {
    backlog: { appear: 'typed' },
    typewriter: { charMs: 1_000 },
    queue: { policy: 'replace' },
  })
  await say(server, '小雪', '最新的一句')
  const latest = entries.filter({ hasText: '最新的一句' })
  // Its place is there already.
  await expect(entries.first()).toBeHidden()
  await expect(latest).toHaveCount(0)
  await configure(server, { typewriter: { charMs: 0 } })
  await say(server, '小雪', '最新的一句')
  await expect(latest.first()).toBeVisible()
  const [avatar, line] = await Promise.all(
    ['.sm-avatar', '.sm-line'].map(part => entries.first().locator(part).boundingBox()),
  )
  expect(avatar!.x).toBeGreaterThan(line!.x)
  await page.goto(`${server.url}/lobby/history?order=oldest&names=0&times`)
  await expect(entries.last()).toContainText('最新的一句')
  await expect(entries.last().locator('.sm-time')).toBeVisible()
  await expect(entries.last().locator('.sm-name')).toBeHidden()
  const answer = await (await fetch(`${server.url}/api/v1/rooms/lobby/backlog?limit=100`)).text()
  expect(answer).not.toMatch(/do not tell|nor this/)

  await server.api('PATCH', '/rooms/lobby', { watchKey: 'open-sesame' })
  expect((await fetch(`${server.url}/api/v1/rooms/lobby/backlog`)).status).toBe(403)
  expect((await fetch(`${server.url}/api/v1/rooms/lobby/backlog?key=open-sesame`)).status).toBe(200)
})

test('the backlog stays where it is read, over a new stream too, and does not grow for ever', async ({
  page,
  server,
}) => {
  const say = (from: number, to: number, at = server) =>
    Promise.all(
      Array.from({ length: to - from + 1 }, (_, index) =>
        at.api('POST', '/rooms/lobby/messages', { data: { message: `第${from + index}句` } }),
      ),
    )
  await page.goto(`${server.url}/lobby/history`)
  const list = page.locator('.sm-list')
  const entries = page.locator('.sm-box')
  // What is sent before the page hears the room would be older messages to be read.
  await say(1, 1)
  await expect(entries).toHaveCount(1)
  for (let from = 2; from <= 401; from += 50) await say(from, Math.min(from + 49, 401))
  await expect(entries.filter({ hasText: '第401句' })).toHaveCount(1)
  expect(await entries.count()).toBeLessThanOrEqual(400)
  const scrollTo = (top: number) => list.evaluate((element, top) => element.scrollTo(0, top), top)
  // What gave way is read again.
  const kept = await entries.count()
  await scrollTo(0)
  await expect(entries).toHaveCount(kept + 50)
  await scrollTo(1000)
  await server.kill()
  const again = await server.restart()
  await say(402, 402, again)
  await expect(entries.last()).toContainText('第402句', { timeout: 20_000 })
  await page.evaluate(() => new Promise(requestAnimationFrame))
  expect(await list.evaluate(element => element.scrollTop)).toBe(1000)

  // The history is lost while an older page of it is on its way: what the new one has is read all the same.
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  let asked = false
  await page.route(/backlog\?.*before=/, async route => {
    asked = true
    await held
    await route.fulfill({
      json: { messages: [{ ...old, id: 'gone-1', data: { message: '旧历史里的一句' } }], next: null },
    })
  })
  const [old] = (await (await fetch(`${again.url}/api/v1/rooms/lobby/backlog?limit=1`)).json()).messages
  await scrollTo(0)
  await expect.poll(() => asked).toBe(true)
  await again.kill()
  const fresh = await startTestServer({ built: true, port: Number(new URL(server.url).port) })
  try {
    await say(1, 1, fresh)
    await expect(entries).toHaveText([/第1句/], { timeout: 20_000 })
    letGo()
    await say(2, 2, fresh)
    await expect(entries).toHaveText([/第1句/, /第2句/])
  } finally {
    await fresh.dispose()
  }
})

test('typing sounds play no faster than every 45 ms, and not on a muted page', async ({ page, server }) => {
  await configure(server, {
    queue: { policy: 'replace' },
    typewriter: { charMs: 60 },
    sound: { typing: { enabled: true, volume: 1 }, line: { enabled: true } },
  })
  await page.addInitScript(() => {
    const heard: { at: number; peak: number; seconds: number }[] = []
    Object.assign(window, { heard })
    const start = AudioBufferSourceNode.prototype.start
    AudioBufferSourceNode.prototype.start = function (...given) {
      const peak = this.buffer!.getChannelData(0).reduce((max, value) => Math.max(max, Math.abs(value)), 0)
      heard.push({ at: performance.now(), peak, seconds: this.buffer!.duration })
      return start.apply(this, given)
    }
  })
  const heard = () =>
    page.evaluate(
      () => (window as unknown as { heard: { at: number; peak: number; seconds: number }[] }).heard,
    )
  await page.goto(server.url)
  // A browser keeps silent until it is touched.
  await page.mouse.click(5, 5)
  await say(server, '夏目', '第一句话叫醒声音')
  // The audio device takes its time to open; what comes before is silent.
  await expect.poll(async () => (await heard()).length).toBeGreaterThan(0)
  await say(server, '夏目', '一边打字一边发出声音的一句话')
  await expect(page.locator('.sm-text')).toContainText('一边打字')
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'complete')
  const hits = await heard()
  expect(hits.length).toBeGreaterThan(3)
  for (const { peak } of hits) expect(20 * Math.log10(peak)).toBeLessThanOrEqual(-17.9)
  // The sound of a line is longer than any click, and may fall together with one.
  const clicks = hits.filter(({ seconds }) => seconds < 0.2).map(({ at }) => at)
  for (let index = 1; index < clicks.length; index++)
    expect(clicks[index]! - clicks[index - 1]!).toBeGreaterThanOrEqual(44)

  await page.goto(`${server.url}/?mute`)
  await page.mouse.click(5, 5)
  await say(server, '夏目', '没有声音的一句话')
  await expect(page.locator('.sm-text')).toContainText('没有声音的一句话')
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'complete')
  expect(await heard()).toEqual([])
})

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
