import { expect, test } from './fixtures.ts'
import { configure, say } from './player-page.ts'
import { writeMessage } from './write-message.ts'

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
