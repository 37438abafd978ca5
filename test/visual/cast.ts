import type { LineLook } from '../../src/shared/line-look.ts'

/** A figure drawn by hand out of plain shapes; PNG is made of it in the browser where a raster is needed. */
export const CAST: Record<string, LineLook> = {
  夏目: { color: '#c2486e', position: 'left' },
  小雪: { color: '#3f7fc4', position: 'right' },
}
