/** Kinds of file that may be uploaded, by the type their first bytes show (what the client claims is not believed). */
export const ASSET_TYPES = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
} as const
export type AssetType = keyof typeof ASSET_TYPES

/** As people write them. */
export const ASSET_NAMES: Record<AssetType, string> = {
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/gif': 'GIF',
  'image/webp': 'WebP',
  'image/avif': 'AVIF',
}

/** What a server takes as uploads; `GET /api/v1/server` tells. */
export interface UploadLimits {
  /** Bytes of one picture. */
  bytes: number
  /** Bytes of an emote's picture: every player of a room may have to load a hundred of them. */
  emoteBytes: number
  types: AssetType[]
}

/** What a server takes that was not told otherwise. */
export const DEFAULT_UPLOADS: UploadLimits = {
  bytes: 8 * 1024 * 1024,
  emoteBytes: 1024 * 1024,
  types: Object.keys(ASSET_TYPES) as AssetType[],
}

/**
 * An uploaded picture. `id` is the beginning of its SHA-256, so the same file is stored once and its
 * address never changes what it shows.
 */
export interface Asset {
  id: string
  /** The file's name as it was uploaded. */
  name: string
  type: AssetType
  /** Bytes. */
  size: number
  /** Epoch milliseconds. */
  createdAt: number
}

/** Where an asset is served from, by anybody who knows its id. */
export function assetUrl(id: string): string {
  return `/api/v1/assets/${id}`
}
