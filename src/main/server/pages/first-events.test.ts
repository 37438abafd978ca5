import { expect, test } from 'vitest'
import { FIRST_EVENTS_ID } from '../../../shared/first-events.ts'
import { inTime, withFirstEvents } from './first-events.ts'

const PAGE = '<!doctype html><html><head></head><body>\n  </body></html>'

function blockIn(html: string): string {
  return new RegExp(`<script type="application/json" id="${FIRST_EVENTS_ID}">(.*?)</script>`, 's').exec(
    html,
  )![1]!
}

test('hostile text stays within the block, and comes out as it was', () => {
  const text = '</script><script>alert(1)</script><!--<script> \u2028\u2029 $& $1 </body> \u0000 "\\'
  const page = withFirstEvents(PAGE, [JSON.stringify({ type: 'hello', text })])
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page.match(/<\/script>/g)).toHaveLength(1)
  expect(page.match(/<\/body>/g)).toHaveLength(1)
  expect(page).not.toContain('<!--')
  expect(JSON.parse(blockIn(page))).toEqual([{ type: 'hello', text }])
})

test('without events, or with too many, the page is as it was built', () => {
  expect(withFirstEvents(PAGE, null)).toBe(PAGE)
  expect(withFirstEvents(PAGE, [JSON.stringify('x'.repeat(100_000))])).toBe(PAGE)
})

test('a store that does not answer, or fails, does not hold the page up', async () => {
  expect(await inTime(Promise.resolve('told'), 60_000)).toBe('told')
  expect(await inTime(new Promise(() => {}), 1)).toBeNull()
  expect(await inTime(Promise.reject(new Error('frozen')), 60_000)).toBeNull()
})
