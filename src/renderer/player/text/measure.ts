import type { Fragment, Line } from '../../../shared/fragments.ts'
import type { Measure } from '../queue/entry.ts'
import { cellsOf } from './cells.ts'
import { layOutInTime, type Pace } from './timeline.ts'

/** How long a line takes to be typed, and what else the queue asks of it. */
export function measureLine({ fragments, tick }: Line, pace: Pace): Measure {
  const cells = cellsOf(fragments)
  const { end } = layOutInTime(fragments, cells, pace, tick)
  const hurries = fragments.some((fragment: Fragment) => 'next' in fragment)
  return { duration: end, length: cells.length, hurries }
}
