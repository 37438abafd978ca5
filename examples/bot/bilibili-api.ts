import { createHash } from 'node:crypto'

/** What a program must know to read a live room's danmaku. */
export interface DanmakuServer {
  /** Of the WebSocket. */
  url: string
  /** Opens that WebSocket. */
  key: string
  /** The room's real number: one in an address may be a short one. */
  room: number
  /** The account of the cookie; 0 = a guest. */
  uid: number
  /** Bilibili's name for this browser. */
  buvid: string
}

/** Where Bilibili's two APIs are; tests put their own there. */
export interface BilibiliHosts {
  /** `https://api.bilibili.com` */
  main: string
  /** `https://api.live.bilibili.com` */
  live: string
}

/** Bilibili refuses programs that say nothing of themselves. */
const HEADERS = { 'User-Agent': 'Mozilla/5.0', Referer: 'https://live.bilibili.com/' }
const NOT_SIGNED_IN = -101

/** The order in which the signature's key takes letters of the two keys that Bilibili changes each day ("WBI"). */
const KEY_ORDER = [
  46, 47, 18, 2, 53, 8, 23, 32, 15, 50, 10, 31, 58, 3, 45, 35, 27, 43, 5, 49, 33, 9, 42, 19, 29, 28, 14, 39,
  12, 38, 41, 13,
]

/**
 * @param cookie a browser's for live.bilibili.com; empty = as a guest
 * @throws Error with what Bilibili answered where it refuses
 */
export async function findDanmakuServer(
  hosts: BilibiliHosts,
  roomNumber: number,
  cookie: string,
): Promise<DanmakuServer> {
  const buvid =
    /buvid3=([^;]+)/.exec(cookie)?.[1] ??
    (await ask<{ b_3: string }>(`${hosts.main}/x/frontend/finger/spi`)).b_3
  const cookies = cookie.includes('buvid3=') ? cookie : [`buvid3=${buvid}`, cookie].filter(Boolean).join('; ')

  const nav = await ask<Nav>(`${hosts.main}/x/web-interface/nav`, cookies, [NOT_SIGNED_IN])
  const { room_id: room } = await ask<{ room_id: number }>(
    `${hosts.live}/room/v1/Room/room_init?id=${roomNumber}`,
    cookies,
  )
  const query = signed({ id: room, type: 0, web_location: '444.8' }, nav)
  const { token, host_list } = await ask<DanmuInfo>(
    `${hosts.live}/xlive/web-room/v1/index/getDanmuInfo?${query}`,
    cookies,
  )
  const host = host_list[0]
  if (!host) throw new Error('Bilibili named no server')
  const local = hosts.live.startsWith('http:')
  const url = local ? `ws://${host.host}:${host.ws_port}/sub` : `wss://${host.host}:${host.wss_port}/sub`
  return { url, key: token, room, uid: nav.mid ?? 0, buvid }
}

interface Nav {
  mid?: number
  wbi_img: { img_url: string; sub_url: string }
}

interface DanmuInfo {
  token: string
  host_list: { host: string; wss_port: number; ws_port: number }[]
}

async function ask<T>(url: string, cookie = '', alsoGood: number[] = []): Promise<T> {
  const response = await fetch(url, { headers: { ...HEADERS, ...(cookie ? { Cookie: cookie } : {}) } })
  const { code, message, data } = (await response.json()) as { code: number; message: string; data?: T }
  if ((code !== 0 && !alsoGood.includes(code)) || !data)
    throw new Error(`Bilibili answered ${code} ${message}`)
  return data
}

/** @returns the query with the time and the signature that Bilibili checks: MD5 of the sorted query and the key. */
export function signed(
  parameters: Record<string, string | number>,
  { wbi_img: { img_url, sub_url } }: Pick<Nav, 'wbi_img'>,
  seconds = Math.floor(Date.now() / 1_000),
): string {
  const stem = (url: string) => url.slice(url.lastIndexOf('/') + 1).split('.')[0]!
  const letters = stem(img_url) + stem(sub_url)
  const key = KEY_ORDER.map(at => letters[at] ?? '').join('')
  const query = Object.entries({ ...parameters, wts: seconds })
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).replace(/[!'()*]/g, ''))}`)
    .join('&')
  return `${query}&w_rid=${createHash('md5')
    .update(query + key)
    .digest('hex')}`
}
