import type { ImageFragment } from '../../../shared/fragments.ts'
import { IMAGE_LENGTHS } from '../../../shared/markup/names.ts'
import type { TellProblem } from '../../../shared/player-problem.ts'
import type { Run } from './run.ts'

export interface Picture {
  url: string
  /** Shown, and read aloud, in its place where it does not load. */
  alt: string
  /** How an emote and an image are told apart in CSS. */
  kind: 'emote' | 'image'
  image?: ImageFragment['image']
  onProblem: TellProblem
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
    onProblem(kind === 'emote' ? { code: 'emote-broken', name: alt } : { code: 'picture-broken', name: url })
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
