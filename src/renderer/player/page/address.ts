import { parseRoomId } from '../../../shared/ids.ts'
import { LAYOUTS, type Layout } from '../../../shared/layouts.ts'
import { LIMITS } from '../../../shared/limits.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import type { LookOverrides } from '../look/look.ts'

/** What the page's address says. Everything but the room is optional and may be left to the room's settings. */
export interface PageAddress {
  /** Empty: the server's default room. Not checked here: the server answers an unknown room with its fallback. */
  room: string
  /** `/<room>/history`: everything that was said, instead of the line now on the screen. */
  history: boolean
  look: LookOverrides
  /** How the history is laid out. */
  backlog: Partial<RoomSettings['backlog']>
  label: string
  mute: boolean
  /** The room's watch key. */
  key: string | undefined
}

const IDENTIFIER = /^[a-z0-9][a-z0-9-]{0,63}$/

function identifier(value: string | null): string | undefined {
  return value !== null && IDENTIFIER.test(value) ? value : undefined
}

/** `?mute` is yes, as is `?mute=1`; `?mute=0` is no, and undefined what is not said. */
function flag(value: string | null): boolean | undefined {
  return value === null ? undefined : value !== '0' && value !== 'false'
}

/** Reads `/`, `/<room>` and `/<room>/history` with their query. What makes no sense counts as not said. */
export function readAddress({ pathname, search }: Pick<Location, 'pathname' | 'search'>): PageAddress {
  const [first = '', second] = pathname.split('/').filter(segment => segment !== '')
  let room = first
  try {
    room = decodeURIComponent(first)
  } catch {
    // A stray per cent sign: no room can have this name, and the server says so.
  }
  const query = new URLSearchParams(search)
  const look: LookOverrides = {}
  const theme = identifier(query.get('theme'))
  const variant = identifier(query.get('variant'))
  const layout = LAYOUTS.find(name => name === query.get('layout')) as Layout | undefined
  const scale = Number(query.get('scale') ?? Number.NaN)
  if (theme !== undefined) look.theme = theme
  if (variant !== undefined) look.variant = variant
  if (layout !== undefined) look.layout = layout
  if (scale >= 0.25 && scale <= 4) look.scale = scale
  const backlog: PageAddress['backlog'] = {}
  const order = query.get('order')
  if (order === 'newest' || order === 'oldest') backlog.newestFirst = order === 'newest'
  const appear = query.get('appear')
  if (appear === 'sent' || appear === 'typed' || appear === 'left') backlog.appear = appear
  for (const name of ['mirrored', 'names', 'times'] as const) {
    const said = flag(query.get(name))
    if (said !== undefined) backlog[name] = said
  }
  return {
    room: parseRoomId(room) ?? room.slice(0, 64),
    history: second === 'history' || layout === 'backlog',
    look,
    backlog,
    label: (query.get('label') ?? '').slice(0, LIMITS.labelLength),
    mute: flag(query.get('mute')) ?? false,
    key: query.get('key') ?? undefined,
  }
}
