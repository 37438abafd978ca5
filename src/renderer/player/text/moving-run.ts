import { clusters } from './clusters.ts'
import type { Run } from './run.ts'

/**
 * Text whose every grapheme moves by itself: each is a box, grouped so that lines break where they would in plain text.
 * @param offset graphemes of the same text before these: the movement goes through all of it
 */
export function createMovingRun(parts: readonly string[], offset = 0): Run {
  const element = document.createElement('span')
  element.className = 'sm-run'
  const boxes: HTMLElement[] = []
  for (const group of clusters(parts)) {
    const cluster = document.createElement('span')
    cluster.className = 'sm-cluster'
    for (const part of group) {
      const box = document.createElement('span')
      box.className = 'sm-veil sm-g'
      box.textContent = part
      box.style.setProperty('--i', String(offset + boxes.length))
      boxes.push(box)
      cluster.append(box)
    }
    element.append(cluster)
  }
  let shown = 0
  return {
    element,
    count: parts.length,
    rect: index => boxes[index]?.getBoundingClientRect() ?? null,
    reveal(count) {
      for (; shown < Math.min(count, boxes.length); shown++) boxes[shown]!.className = 'sm-g'
    },
  }
}
