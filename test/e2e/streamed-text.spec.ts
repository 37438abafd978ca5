import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { writeMessage } from './write-message.ts'

const line = (page: Page) => page.locator('.sm-line')

test('text that is written piece by piece looks as it would in one', async ({ page, server }) => {
  await server.api('PATCH', '/rooms/lobby', {
    settings: { queue: { policy: 'replace' }, typewriter: { charMs: 0 } },
  })
  await page.goto(server.url)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'empty')

  // Half a tag is not shown, and what is shown does not go again.
  const tags = writeMessage(server)
  tags.push('甲[type=ni')
  await expect(line(page)).toHaveText('甲')
  tags.push('hao]你')
  tags.push('好[/ty')
  tags.push('pe]乙')
  await expect(line(page)).toHaveText('甲你好乙')
  await tags.end()

  // Past 200 letters that move, the line moves as a whole, and none of them by itself.
  const wave = writeMessage(server)
  wave.push(`[wave]${'a'.repeat(150)}`)
  await expect(line(page).locator('.sm-g')).toHaveCount(150)
  wave.push('b'.repeat(150))
  await expect(line(page)).toHaveClass(/sm-wave/)
  await expect(line(page).locator('.sm-g')).toHaveCount(0)
  await expect(line(page)).toHaveText('a'.repeat(150) + 'b'.repeat(150))
  await wave.end()

  // How it begins is known with its first letters.
  const arabic = writeMessage(server)
  arabic.push('[b]')
  arabic.push('مرحبا')
  await expect(line(page)).toHaveClass(/sm-rtl/)
  await expect(page.locator('.sm-box')).toHaveClass(/sm-from-right/)
  await arabic.end()
})
