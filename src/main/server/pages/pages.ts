import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type Router } from 'express'
import helmet from 'helmet'
import { ApiError } from '../errors.ts'

/**
 * The built pages: the controller at `/admin`, the player at `/`, `/<anything>` and `/<anything>/history`,
 * the API's description at `/docs`, their files at `/static`. No inline script runs on any page.
 * @param dir `out/renderer`.
 */
export function createPages(dir: string): Router {
  const router = express.Router()
  const player = join(dir, 'player', 'index.html')
  const controller = join(dir, 'controller', 'index.html')
  const docs = join(dir, 'docs', 'index.html')
  const quick = join(dir, 'quick', 'index.html')

  // Names under /static carry a hash of their content.
  router.use('/static', express.static(join(dir, 'static'), { immutable: true, maxAge: '1y', index: false }))
  router.use(controllerHeaders, playerHeaders)
  router.get(['/admin', '/admin/*rest'], (_req, res) => sendPage(res, controller))
  router.get('/docs', (_req, res) => sendPage(res, docs))
  router.get('/quick', (_req, res) => sendPage(res, quick))
  router.get(['/', '/:room', '/:room/history'], (_req, res) => sendPage(res, player))
  return router
}

function sendPage(res: express.Response, file: string): void {
  if (!existsSync(file)) throw new ApiError('unavailable', 'the pages are not built yet: run "npm run build"')
  // The page names the hashed files, so it must be asked for anew each time.
  res.setHeader('Cache-Control', 'no-cache')
  res.sendFile(file)
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
  workerSrc: ["'self'", 'blob:'],
  // The player sets custom properties on elements; OBS appends its Custom CSS as a style element.
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:', 'http:', 'https:'],
  mediaSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  upgradeInsecureRequests: null,
}

/** Nobody may frame the controller or quick-compose: a click on it can be worth a lot. */
const forController = helmet({
  ...shared,
  contentSecurityPolicy: { useDefaults: false, directives: { ...directives, frameAncestors: ["'none'"] } },
})

/** The player may be framed by other tools: it has nothing to click. */
const forPlayer = helmet({
  ...shared,
  contentSecurityPolicy: { useDefaults: false, directives: { ...directives, frameAncestors: ['*'] } },
  frameguard: false,
  crossOriginResourcePolicy: { policy: 'cross-origin' },
})

/** `/docs` holds a token while somebody tries the API there. */
const isController = (path: string) =>
  path === '/admin' || path.startsWith('/admin/') || path === '/quick' || path === '/docs'

const controllerHeaders: express.RequestHandler = (req, res, next) =>
  isController(req.path) ? forController(req, res, next) : next()
const playerHeaders: express.RequestHandler = (req, res, next) =>
  isController(req.path) ? next() : forPlayer(req, res, next)
