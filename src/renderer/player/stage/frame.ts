/**
 * The document structure that every theme dresses. Class names are a public contract (OBS's Custom CSS):
 *
 * .sm-player[data-theme][data-variant][data-layout]
 *   .sm-stage                 sprites
 *   .sm-box                   the dialogue box
 *     .sm-plate > .sm-name    who speaks
 *     .sm-body > .sm-text     the lines
 *     .sm-mark                beats when the line is complete
 *   .sm-live                  the same for screen readers, each line at once
 */
export interface Frame {
  player: HTMLElement
  stage: HTMLElement
  box: HTMLElement
  plate: HTMLElement
  name: HTMLElement
  body: HTMLElement
  text: HTMLElement
  mark: HTMLElement
  live: HTMLElement
}

function element(tag: string, className: string, ...children: HTMLElement[]): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.append(...children)
  return made
}

export function createFrame(root: HTMLElement): Frame {
  const stage = element('div', 'sm-stage')
  const name = element('span', 'sm-name')
  const plate = element('div', 'sm-plate', name)
  const text = element('div', 'sm-text')
  const body = element('div', 'sm-body', text)
  const mark = element('i', 'sm-mark')
  const box = element('div', 'sm-box', plate, body, mark)
  const live = element('div', 'sm-live')
  live.setAttribute('aria-live', 'polite')
  box.setAttribute('aria-hidden', 'true')
  const player = element('div', 'sm-player', stage, box, live)
  player.dataset.state = 'empty'
  root.append(player)
  return { player, stage, box, plate, name, body, text, mark, live }
}
