import { test as base } from '@playwright/test'
import { startTestServer, type TestServer } from '../support/server.ts'

/** `server`: the built server, one for each test, with its own data. */
export const test = base.extend<{ server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
  server: async ({}, use) => {
    const server = await startTestServer({ built: true, env: { ALLOWED_HOSTS: 'lan.test' } })
    await use(server)
    await server.dispose()
  },
})

export { expect } from '@playwright/test'
