import { ASSET_NAMES, type UploadLimits } from '../../../shared/asset.ts'

/** Why a picture is not taken, before it is sent. */
export type PictureProblem = 'too-large' | 'too-wide' | 'no-picture'

/** Pixels in either direction; OBS's textures end at twice that on old cards. */
const LARGEST_SIDE = 4_096

/**
 * Looks at a file with the browser's own decoder.
 * @param bytes the most that it may have.
 * @returns null when it is fine.
 */
export async function checkPicture(
  file: File,
  bytes: number,
  types: UploadLimits['types'],
): Promise<PictureProblem | null> {
  if (file.size > bytes) return 'too-large'
  if (file.type !== '' && !(types as string[]).includes(file.type)) return 'no-picture'
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

/** For the words of a {@link PictureProblem}: `1.5 MB`; `PNG or WebP`. */
export function pictureWords(bytes: number, types: UploadLimits['types'], language: string) {
  const [size, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB']
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(size)
  const names = types.map(type => ASSET_NAMES[type])
  return {
    size: `${number} ${unit}`,
    kinds: language.startsWith('en')
      ? new Intl.ListFormat(language, { type: 'disjunction' }).format(names)
      : names.join('、'),
  }
}
