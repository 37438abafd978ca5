import { expect, test } from 'vitest'
import { formatTarget, parseTarget } from '../../../../shared/target.ts'
import { nextAim } from './aim.ts'

test('a label goes round: only, all but, all; the others stay as they are', () => {
  const seen: string[] = []
  let target = parseTarget('left')
  for (let press = 0; press < 3; press++) {
    target = nextAim(target, 'right')
    seen.push(formatTarget(target))
  }
  expect(seen).toEqual(['left,right', 'left,-right', 'left'])
})
