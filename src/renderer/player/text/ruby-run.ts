import { createRun, type Run } from './run.ts'

/** Text with its reading above. The reading appears with the last character that it belongs to. */
export function createRubyRun(parts: readonly string[], reading: string): Run {
  const ruby = document.createElement('ruby')
  ruby.className = 'sm-run sm-ruby'
  const base = createRun(parts)
  const rt = document.createElement('rt')
  rt.className = 'sm-veil'
  rt.textContent = reading
  ruby.append(base.element, rt)
  return {
    element: ruby,
    count: parts.length,
    rect: base.rect,
    reveal(count, animate) {
      base.reveal(count, animate)
      if (count >= parts.length) rt.className = animate ? 'sm-fresh' : ''
    },
  }
}
