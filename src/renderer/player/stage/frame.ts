/**
 * The document structure that every theme dresses. Class names are a public contract (OBS's Custom CSS):
 *
 * .sm-player[data-theme][data-variant][data-layout][data-shape][data-position][data-speaker][data-state][data-visible][data-scene]
 *   .sm-stage                 sprites
 *   .sm-list                  chat: the lines before, each a box of its own, then the box; elsewhere the box alone
 *     .sm-box[data-speaker]   the dialogue box
 *       .sm-tail              bubble: points at who speaks
 *       .sm-avatar            the speaker's small picture, or their initial
 *       .sm-plate > .sm-name  who speaks
 *       .sm-body > .sm-text   the lines
 *       .sm-progress          how much of the line is typed
 *       .sm-mark              beats when the line is complete
 *       .sm-bar               decorative words and icons, where the room wants them
 *   .sm-live                  the same for screen readers, each line at once
 */
export interface Frame {
  player: HTMLElement
  stage: HTMLElement
  list: HTMLElement
  box: HTMLElement
  tail: HTMLElement
  avatar: HTMLElement
  plate: HTMLElement
  name: HTMLElement
  body: HTMLElement
  text: HTMLElement
  progress: HTMLElement
  mark: HTMLElement
  live: HTMLElement
}

function element(tag: string, className: string, ...children: HTMLElement[]): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.append(...children)
  return made
}

export type Box = Pick<
  Frame,
  'box' | 'tail' | 'avatar' | 'plate' | 'name' | 'body' | 'text' | 'progress' | 'mark'
>

export function createBox(): Box {
  const tail = element('i', 'sm-tail')
  const avatar = element('i', 'sm-avatar')
  const name = element('span', 'sm-name')
  const plate = element('div', 'sm-plate', name)
  const text = element('div', 'sm-text')
  const body = element('div', 'sm-body', text)
  const progress = element('i', 'sm-progress')
  const mark = element('i', 'sm-mark')
  const box = element('div', 'sm-box', tail, avatar, plate, body, progress, mark)
  return { box, tail, avatar, plate, name, body, text, progress, mark }
}

export function createFrame(root: HTMLElement): Frame {
  const stage = element('div', 'sm-stage')
  const parts = createBox()
  const list = element('div', 'sm-list', parts.box)
  const live = element('div', 'sm-live')
  live.setAttribute('aria-live', 'polite')
  list.setAttribute('aria-hidden', 'true')
  const player = element('div', 'sm-player', stage, list, live)
  player.dataset.state = 'empty'
  root.append(player)
  return { player, stage, list, live, ...parts }
}
