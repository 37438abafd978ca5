import { ASSET_BYTES, ASSET_TYPES } from '../../../shared/asset.ts'

/** What a file chooser offers. */
export const PICTURE_TYPES = Object.keys(ASSET_TYPES).join()

/** Why a picture is not taken, before it is sent. */
export type PictureProblem = 'too-large' | 'too-wide' | 'no-picture'

/** Pixels in either direction; OBS's textures end at twice that on old cards. */
export const LARGEST_SIDE = 4_096

/** Looks at a file with the browser's own decoder. @returns null when it is fine. */
export async function checkPicture(file: File): Promise<PictureProblem | null> {
  if (file.size > ASSET_BYTES) return 'too-large'
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return Math.max(image.naturalWidth, image.naturalHeight) > LARGEST_SIDE ? 'too-wide' : null
  } catch {
    return 'no-picture'
  } finally {
    URL.revokeObjectURL(url)
  }
}
