/** Kinds of file that may be uploaded, by the type their first bytes show (what the client claims is not believed). */
export const ASSET_TYPES = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
} as const
export type AssetType = keyof typeof ASSET_TYPES

/** The largest upload, bytes. */
export const ASSET_BYTES = 8 * 1024 * 1024

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
