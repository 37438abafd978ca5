import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type Router } from 'express'
import helmet from 'helmet'
import { ApiError } from '../errors.ts'
import { checkValue } from '../http/route.ts'
import { sendCompressed } from '../http/send-compressed.ts'
import type { Address } from '../status/index.ts'
import { preferCompressed } from './compressed.ts'
import { inTime, PATIENCE, withFirstEvents } from './first-events.ts'
import { loaderPage, loaderQuery } from './loader.ts'

/**
 * The built pages: the controller at `/admin`, the player at `/`, `/<anything>` and `/<anything>/history`,
 * the API's description at `/docs`, the broker's demo at `/broker`, their files at `/static`. No inline script runs on any page.
 * @param dir `out/renderer`.
 * @param addresses where this server is reached, for the loader file.
 * @param firstEvents what a room's stream begins with, the data of each event; null where this key opens no room of that name.
 */
export function createPages(
  dir: string,
  addresses: () => readonly Address[],
  firstEvents: (req: express.Request, room: string, key: string | undefined) => Promise<string[] | null>,
): Router {
  const router = express.Router()
  const player = join(dir, 'player', 'index.html')
  const controller = join(dir, 'controller', 'index.html')
  const docs = join(dir, 'docs', 'index.html')
  const quick = join(dir, 'quick', 'index.html')
  const broker = join(dir, 'broker', 'index.html')

  // For pages of other sites too, under a name that stays from version to version.
  router.use(
    '/static/js',
    express.static(join(dir, 'static', 'js'), { index: false, redirect: false, setHeaders: forEverybody }),
  )
  // The other names carry a hash of their content.
  router.use(
    '/static',
    preferCompressed(join(dir, 'static')),
    express.static(join(dir, 'static'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      redirect: false,
      // Whoever has a file never asks for it again.
      etag: false,
      lastModified: false,
      acceptRanges: false,
      setHeaders: forFiles,
    }),
  )
  router.use('/static', notFound)
  router.get(PREVIEW_FRAME, ...forPreview, (_req: express.Request, res: express.Response) => {
    res.setHeader('Cache-Control', 'no-cache')
    res.type('html').send('<!doctype html><title>Preview</title>')
  })
  router.use(playerHeaders)
  router.all(CONTROLLER_PAGES, forController)
  router.get(['/admin', '/admin/*rest'], (_req, res) => sendPage(res, controller))
  router.get('/docs', (_req, res) => sendPage(res, docs))
  router.get('/broker', (_req, res) => sendPage(res, broker))
  router.get('/quick', (_req, res) => sendPage(res, quick))
  router.get('/loader.html', (req, res) => sendLoader(req, res, addresses()))
  router.get(['/', '/:room'], (req, res) => sendPlayer(req, res, player, firstEvents))
  router.get('/:room/history', (_req, res) => sendPage(res, player))
  router.all(['/', '/:page', '/:room/history', '/admin/*rest'], refuseMethod)
  return router
}

/** Pages are read, and nothing else is done to them. */
const refuseMethod: express.RequestHandler = (req, res) => {
  res.setHeader('Allow', 'GET, HEAD, OPTIONS')
  if (req.method !== 'OPTIONS') throw new ApiError('method-not-allowed', 'use GET or HEAD here')
  res.status(204).end()
}

/** What only a page obeys; a player's first visit, of five files, is lighter by more than a kilobyte without. */
const FOR_PAGES = [
  'Cross-Origin-Opener-Policy',
  'Origin-Agent-Cluster',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Frame-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
]

function forFiles(res: express.Response): void {
  for (const name of FOR_PAGES) res.removeHeader(name)
  // A worker lives by the policy of its own script, not of its page: the one that holds the stream must reach us.
  res.setHeader('Content-Security-Policy', "default-src 'none'; connect-src 'self'")
}

function forEverybody(res: express.Response): void {
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  res.setHeader('Cache-Control', 'no-cache')
}

function notFound(): never {
  throw new ApiError('not-found', 'there is nothing here')
}

const NOT_BUILT = 'the pages are not built yet: run "npm run build"'

function sendPage(res: express.Response, file: string): void {
  if (!existsSync(file)) throw new ApiError('unavailable', NOT_BUILT)
  // The page names the hashed files, so it must be asked for anew each time.
  res.setHeader('Cache-Control', 'no-cache')
  res.sendFile(file)
}

/** With what its room shows now: the first text does not wait for a worker and a stream. */
async function sendPlayer(
  req: express.Request,
  res: express.Response,
  file: string,
  firstEvents: Parameters<typeof createPages>[2],
): Promise<void> {
  const { room = '' } = req.params as { room?: string }
  const { key } = req.query
  const [html, events] = await Promise.all([
    readFile(file, 'utf8').catch(() => {
      throw new ApiError('unavailable', NOT_BUILT)
    }),
    inTime(firstEvents(req, room, typeof key === 'string' ? key : undefined), PATIENCE),
  ])
  // What the room shows now is old the next moment, and with a key it is nobody else's.
  res.setHeader('Cache-Control', 'no-store')
  await sendCompressed(req, res.type('html'), withFirstEvents(html, events))
}

/** A file to keep, not a page to look at: nothing of it runs here. */
function sendLoader(req: express.Request, res: express.Response, addresses: readonly Address[]): void {
  const query = checkValue(loaderQuery, req.query, 'query')
  const here = `${req.protocol}://${req.host}`
  const loopback = addresses.find(({ kind }) => kind === 'loopback')
  const port = loopback && (new URL(loopback.url).port || '80')
  const own = loopback ? [`http://127.0.0.1:${port}`, `http://localhost:${port}`] : []
  // HTTP/1.0 may leave the Host out, and one may name a port that there is none of: the other addresses do.
  const urls = [here, ...own, ...addresses.map(({ url }) => url)].filter(url => URL.canParse(url))
  const origins = [...new Set(urls.map(url => new URL(url).origin))]
  res
    .status(200)
    .set({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Disposition': `attachment; filename="streaming-message${query.room ? `-${query.room}` : ''}.html"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-store',
    })
    .send(loaderPage(origins, query))
}

const shared = {
  // A watch key stands in the player's address.
  referrerPolicy: { policy: 'no-referrer' },
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  // On a LAN address there is no TLS to insist on.
  strictTransportSecurity: false,
} as const

const directives = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  workerSrc: ["'self'"],
  // What scripts set by element.style is no inline style.
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  upgradeInsecureRequests: null,
}

/** What a line may bring along. */
const playerDirectives = {
  ...directives,
  // A theme, and the Custom CSS that OBS appends, are style elements.
  styleSrc: ["'self'", "'unsafe-inline'"],
  // A line may show a picture by its address.
  imgSrc: [...directives.imgSrc, 'http:', 'https:'],
}

/** Nobody may frame the controller or quick-compose: a click on it can be worth a lot. */
const forController = helmet({
  ...shared,
  frameguard: { action: 'deny' },
  contentSecurityPolicy: { useDefaults: false, directives: { ...directives, frameAncestors: ["'none'"] } },
})

/** The player may be framed by other tools: it has nothing to click. */
const forPlayer = helmet({
  ...shared,
  contentSecurityPolicy: { useDefaults: false, directives: { ...playerDirectives, frameAncestors: ['*'] } },
  frameguard: false,
  crossOriginResourcePolicy: { policy: 'cross-origin' },
})

/** An empty page of the controller's own, in which its live preview mounts a player: with a player's policy, not the controller's. */
const PREVIEW_FRAME = '/admin/preview'

const forPreview: express.RequestHandler[] = [
  (_req, res, next) => {
    res.removeHeader('X-Frame-Options')
    next()
  },
  helmet({
    ...shared,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...playerDirectives, scriptSrc: ["'none'"], frameAncestors: ["'self'"] },
    },
    frameguard: { action: 'sameorigin' },
  }),
]

/**
 * `/docs` and `/broker` hold a token while somebody tries the API there. The router compares: it takes capitals and a slash
 * at the end for the same path, and what is compared otherwise could be framed under the other spelling.
 */
const CONTROLLER_PAGES = ['/admin', '/admin/*rest', '/quick', '/docs', '/broker']

const playerHeaders: express.RequestHandler = (req, res, next) => {
  // An older way to say frame-ancestors, set for every answer.
  res.removeHeader('X-Frame-Options')
  forPlayer(req, res, next)
}
