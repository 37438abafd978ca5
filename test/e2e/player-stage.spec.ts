import type { LineLook } from '../../src/shared/line-look.ts'
import type { TestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'
import { configure, say } from './player-page.ts'

/** A picture of one colour, as a PNG inside the message. */
const RED =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='
const BLUE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg=='

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
