/**
 * Whom a line or an order is for: the `label` of a message. A label by itself means its players only. Several are
 * parted by commas, and a minus before one leaves its players out: `left,right`, `-phone`.
 */
export interface Target {
  /** Empty: all. */
  only: string[]
  except: string[]
}

export function parseTarget(target: string): Target {
  const parts = target
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== '-')
  return {
    only: parts.filter(part => !part.startsWith('-')),
    except: parts.filter(part => part.startsWith('-')).map(part => part.slice(1).trim()),
  }
}

export function formatTarget({ only, except }: Target): string {
  return [...only, ...except.map(label => `-${label}`)].join(',')
}

/** @param label the player's own; empty for one without. A label that has a comma of its own is taken as it stands. */
export function isFor(target: string | undefined, label: string): boolean {
  if (!target || target === label) return true
  const { only, except } = parseTarget(target)
  return (only.length === 0 || only.includes(label)) && !except.includes(label)
}
