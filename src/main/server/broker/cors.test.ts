import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { BROKER_PATHS, brokerCors } from './cors.ts'

/** @returns asks a server with these rules as a page of this origin; what its answer lets the page read. */
async function serve(
  openOnLoopback: boolean,
): Promise<(path: string, origin: string) => Promise<string | null>> {
  const app = express()
  app.use(BROKER_PATHS, brokerCors(openOnLoopback))
  app.use((_req, res) => void res.end())
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async (path, origin) =>
    (await fetch(url + path, { headers: { Origin: origin } })).headers.get('access-control-allow-origin')
}

const ELSEWHERE = 'https://app.example'

test('pages of other origins may listen and call: a token lets them in', async () => {
  const ask = await serve(false)
  for (const path of BROKER_PATHS) expect(await ask(path, ELSEWHERE), path).toBe('*')
})

test('where calls need no token on this machine, pages of other origins may only listen, which needs a device’s', async () => {
  const ask = await serve(true)
  for (const path of BROKER_PATHS) {
    expect(await ask(path, ELSEWHERE), path).toBe(path === '/events' ? '*' : null)
    expect(await ask(path, 'http://localhost:3000'), path).toBe('*')
  }
  expect(await ask('/Events/', ELSEWHERE)).toBe('*')
})
