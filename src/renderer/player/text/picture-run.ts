import type { ImageFragment } from '../../../shared/fragments.ts'
import { IMAGE_LENGTHS } from '../../../shared/markup/names.ts'
import type { Run } from './run.ts'

export interface Picture {
  url: string
  /** Shown, and read aloud, in its place where it does not load. */
  alt: string
  /** How an emote and an image are told apart in CSS. */
  kind: 'emote' | 'image'
  image?: ImageFragment['image']
  onProblem: (problem: string) => void
}

/** An emote or an image: one cell of the line, hidden until its turn. It loads as soon as the line is laid out. */
export function createPictureRun({ url, alt, kind, image, onProblem }: Picture): Run {
  const element = document.createElement('span')
  element.className = `sm-run sm-${kind} sm-veil`
  const img = document.createElement('img')
  img.alt = alt
  img.decoding = 'async'
  // What the audience sees is nobody's business but ours.
  img.referrerPolicy = 'no-referrer'
  for (const key of IMAGE_LENGTHS) if (image?.[key] !== undefined) img.style[key] = `${image[key]}em`
  if (image?.pixelated) img.style.imageRendering = 'pixelated'
  img.addEventListener('error', () => {
    img.replaceWith(alt)
    element.classList.add('sm-broken')
    onProblem(`${kind} not loaded: ${kind === 'emote' ? alt : url.slice(0, 200)}`)
  })
  img.src = url
  element.append(img)
  return {
    element,
    count: 1,
    rect: () => element.getBoundingClientRect(),
    reveal(count) {
      if (count > 0) element.classList.remove('sm-veil')
    },
  }
}
