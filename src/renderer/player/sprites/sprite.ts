import { EASINGS, type Easing } from '../../../shared/easings.ts'
import type { TellProblem } from '../../../shared/player-problem.ts'
import type { Position, Repeat, Scene, SpriteEffect } from '../../../shared/sprites.ts'
import { whenAnimated } from '../stage/when-animated.ts'

/** How a sprite comes, goes or changes. */
export interface Motion {
  effect: SpriteEffect
  /** Milliseconds. */
  duration: number
  /** Times as far as the effect moves. */
  amount?: number | undefined
  /** Undefined: the effect's own. */
  easing?: Easing | undefined
}

/** What a sprite is to look like from now on. */
export interface Pose {
  url: string
  position: Position
  scene: Scene
  /** Times its size, from the ground up. */
  size: number
  /** How far it is moved to the right and down, in per cent of the stage. */
  x: number
  y: number
  /** Whether its picture fills the stage. */
  repeat: Repeat
}

/** One figure on the stage. Its picture changes by cross-fade, once the new one is decoded: never an empty moment. */
export interface Sprite {
  element: HTMLElement
  pose(pose: Pose, motion: Motion): void
  /** Somebody else speaks. */
  dim(dimmed: boolean): void
  leave(motion: Motion): void
}

/** @param onProblem told of a picture that can't be shown: the one before stays. */
export function createSprite(stage: HTMLElement, onProblem: TellProblem): Sprite {
  const element = document.createElement('div')
  element.className = 'sm-sprite'
  let shown = ''
  let wanted = ''
  let entered = false

  async function load(url: string): Promise<HTMLImageElement> {
    const image = new Image()
    image.src = url
    await image.decode()
    return image
  }

  function place({ position, scene, size, x, y, repeat }: Pose): void {
    element.dataset.position = position
    element.dataset.scene = scene
    element.style.setProperty('--zoom', String(size))
    element.style.setProperty('--x', String(x))
    element.style.setProperty('--y', String(y))
    if (repeat === 'none') delete element.dataset.repeat
    else element.dataset.repeat = repeat
  }

  /** The picture once more, as the pattern that `data-repeat` draws. */
  function tile(layer: HTMLElement): void {
    const { src } = layer.querySelector('img')!
    if (element.dataset.repeat) layer.style.setProperty('--picture', `url(${JSON.stringify(src)})`)
  }

  function tune({ duration, amount, easing }: Motion): void {
    element.style.setProperty('--sprite-ms', `${duration}ms`)
    element.style.setProperty('--sprite-amount', String(amount ?? 1))
    if (easing === undefined) element.style.removeProperty('--sprite-easing')
    else element.style.setProperty('--sprite-easing', EASINGS[easing])
  }

  function swap(picture: HTMLImageElement, effect: SpriteEffect): void {
    const layer = document.createElement('div')
    layer.className = 'sm-picture'
    // The same picture in black above itself: its opacity dims the figure and leaves its edge as it is.
    const shade = picture.cloneNode() as HTMLImageElement
    shade.className = 'sm-shade'
    picture.alt = ''
    shade.alt = ''
    layer.append(picture, shade)
    tile(layer)
    const before = [...element.children]
    element.append(layer)
    if (!entered) {
      entered = true
      stage.append(element)
      animate(element, 'enter', effect)
      return
    }
    if (effect !== 'none') layer.classList.add('sm-changing')
    for (const old of before) {
      // One fades; a hidden page draws no fading, and those before it would pile up.
      if (effect === 'none' || old.classList.contains('sm-changed')) old.remove()
      else {
        old.classList.add('sm-changed')
        whenAnimated(old, () => old.remove())
      }
    }
  }

  return {
    element,
    pose(pose, motion) {
      place(pose)
      tune(motion)
      for (const layer of element.children) tile(layer as HTMLElement)
      if (pose.url === shown || pose.url === wanted) return
      wanted = pose.url
      load(pose.url).then(
        picture => {
          // Another picture was asked for meanwhile, or the figure has left.
          if (wanted !== pose.url) return
          shown = pose.url
          swap(picture, motion.effect)
        },
        () => {
          if (wanted === pose.url) wanted = shown
          onProblem({ code: 'picture-broken', name: pose.url })
        },
      )
    },
    dim(dimmed) {
      element.classList.toggle('sm-dim', dimmed)
    },
    leave(motion) {
      wanted = ''
      if (!entered || motion.effect === 'none') {
        element.remove()
        return
      }
      tune(motion)
      animate(element, 'leave', motion.effect)
      whenAnimated(element, () => element.remove())
    },
  }
}

function animate(element: HTMLElement, way: 'enter' | 'leave', effect: SpriteEffect): void {
  for (const name of [...element.classList])
    if (name.startsWith('sm-enter') || name.startsWith('sm-leave')) element.classList.remove(name)
  if (effect !== 'none') element.classList.add(`sm-${way}`, `sm-${way}-${effect}`)
}
