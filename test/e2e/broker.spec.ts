import { expect, test } from './fixtures.ts'

test('the broker’s page: two devices of a user connect, are sent to, pushed out, looked at and kicked', async ({
  page,
  server,
}) => {
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => message.type() === 'error' && problems.push(message.text()))
  await page.goto(`${server.url}/broker`)
  await page.fill('#api-token', server.token)
  const connect = page.locator('#connect')
  const devices = page.locator('#devices > article')

  await connect.locator('[name=uid]').fill('alice')
  await connect.locator('[name=device]').fill('phone')
  await connect.locator('button').click()
  await connect.locator('[name=device]').fill('平板 2')
  await connect.locator('button').click()
  await expect(devices).toHaveCount(2)
  await expect(page.locator('article[data-state=open]')).toHaveCount(2)

  const send = page.locator('#send')
  await send.locator('[name=uid]').fill('alice')
  await send.locator('[name=event]').fill('greeting')
  await send.locator('[name=data]').fill('你好\nsecond line')
  await send.locator('button').click()
  for (const device of await devices.all()) {
    await expect(device.locator('li').last()).toContainText('#1 greeting')
    await expect(device.locator('li').last()).toContainText('你好\nsecond line', { useInnerText: true })
  }
  await expect(page.locator('#calls li').first()).toContainText('"uid":"alice"')
  await expect(page.locator('#calls li').first().locator('pre')).toHaveText('2')

  // The same device again: the older stream is pushed out, and stays out.
  await connect.locator('[name=device]').fill('phone')
  await connect.locator('button').click()
  await expect(devices).toHaveCount(3)
  await expect(devices.last()).toContainText('sys_extrude_offline')
  await expect(devices.last()).toHaveAttribute('data-state', 'closed')

  await page.locator('#info [name=uid]').fill('alice')
  await page.locator('#info button').click()
  await expect(page.locator('#calls li').first().locator('pre')).toContainText('"device_name": "平板 2"')
  await page.screenshot({ path: 'test-results/broker-1280.png', fullPage: true })

  await page.locator('#kick [name=uid]').fill('alice')
  await page.locator('#kick [name=data]').fill('time to go')
  await page.locator('#kick button').click()
  await expect(page.locator('#calls li').first().locator('pre')).toHaveText('2')
  await expect(page.locator('article[data-state=open]')).toHaveCount(0)
  await expect(devices.first()).toContainText('time to go')
  expect(problems).toEqual([])

  await page.setViewportSize({ width: 390, height: 844 })
  await page.screenshot({ path: 'test-results/broker-390.png', fullPage: true })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

test('without a token the page says what was refused', async ({ page, server }) => {
  await page.goto(`${server.url}/broker`)
  await page.locator('#info button').click()
  await expect(page.locator('#calls li').first()).toHaveClass('bad')
  await expect(page.locator('#calls li').first()).toContainText('401')
  // A device that is refused is not tried again by itself.
  await page.locator('#connect button').click()
  await expect(page.locator('#devices > article')).toHaveAttribute('data-state', 'closed')
  await page.locator('#devices button').click()
  await expect(page.locator('#calls li').filter({ hasText: '/token' })).toHaveCount(2)
})
