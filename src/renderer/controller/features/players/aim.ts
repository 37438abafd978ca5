import type { Target } from '../../../../shared/target.ts'

/** What a target says of the players of one label. */
export type Aim = 'none' | 'only' | 'except'

export function aimOf({ only, except }: Target, label: string): Aim {
  if (only.includes(label)) return 'only'
  return except.includes(label) ? 'except' : 'none'
}

/** Goes round: to them too, to all but them, nothing of them. */
export function nextAim(target: Target, label: string): Target {
  const aim = aimOf(target, label)
  const only = target.only.filter(other => other !== label)
  const except = target.except.filter(other => other !== label)
  if (aim === 'none') return { only: [...only, label], except }
  return aim === 'only' ? { only, except: [...except, label] } : { only, except }
}
