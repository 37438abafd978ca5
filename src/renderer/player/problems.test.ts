import { expect, test } from 'vitest'
import { playerProblem } from '../../shared/player-problem.ts'
import { createProblems } from './problems.ts'

function create() {
  let changes = 0
  const problems = createProblems(() => changes++)
  return { ...problems, changes: () => changes }
}

test('each problem is told once, and what is too long for a report is cut', () => {
  const { tell, list, changes } = create()
  const picture = { code: 'picture-broken', name: `data:image/png;base64,${'A'.repeat(100_000)}` } as const
  tell(picture)
  tell(picture)
  expect(changes()).toBe(1)
  expect(list()).toHaveLength(1)
  expect(playerProblem.safeParse(list()[0]).success).toBe(true)
})

test('lines that are dropped are one problem whose number grows', () => {
  const { tell, list } = create()
  for (const count of [1, 2, 3]) tell({ code: 'lines-dropped', count })
  expect(list()).toEqual([{ code: 'lines-dropped', count: 3 }])
})

test('what is over is forgotten, and the newest are kept', () => {
  const { tell, list, settle, changes } = create()
  for (let i = 0; i < 25; i++) tell({ code: 'emote-unknown', name: `e${i}` })
  expect(list()).toHaveLength(20)
  expect(list().at(-1)).toEqual({ code: 'emote-unknown', name: 'e24' })
  const before = changes()
  settle(problem => problem.code === 'theme-unknown')
  expect(changes()).toBe(before)
  settle(problem => problem.code === 'emote-unknown' && problem.name === 'e24')
  expect(list().at(-1)).toEqual({ code: 'emote-unknown', name: 'e23' })
})
