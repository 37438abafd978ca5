import { BAR_ICONS } from '../../../shared/bar-icons.ts'
import type { Companion } from '../companion.ts'
import type { Frame } from './frame.ts'

const SVG = 'http://www.w3.org/2000/svg'

function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  const shape = document.createElementNS(SVG, 'path')
  shape.setAttribute('d', path)
  svg.append(shape)
  return svg
}

/** A word as it is written, `:name:` as the icon of that name, `|` as the gap that takes what room is left. */
function item(word: string): Element {
  const name = /^:([a-z]+):$/.exec(word)?.[1] ?? ''
  const path = Object.entries(BAR_ICONS).find(([known]) => known === name)?.[1]
  if (path !== undefined) return icon(path)
  const element = document.createElement(word === '|' ? 'i' : 'span')
  if (word !== '|') element.textContent = word
  return element
}

/** The row of words and icons at the foot of the dialogue box, as games have it: for the eye only, nothing of it can be pressed. */
export function createBar({ player, box }: Frame): Companion {
  const bar = document.createElement('div')
  bar.className = 'sm-bar'
  let shown = ''
  return {
    onSettings({ look }) {
      const text = look.bar.trim()
      if (text === shown) return
      shown = text
      if (text === '') {
        bar.remove()
        delete player.dataset.bar
        return
      }
      bar.replaceChildren(...text.split(/\s+/).map(item))
      box.append(bar)
      player.dataset.bar = ''
    },
  }
}
