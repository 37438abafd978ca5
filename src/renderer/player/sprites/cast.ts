import type { SpriteCommand } from '../../../shared/fragments.ts'
import type { TellProblem } from '../../../shared/player-problem.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import { POSITIONS, SCENES, SPRITE_EFFECTS } from '../../../shared/sprites.ts'
import type { Companion } from '../companion.ts'
import { readColour, shadesOf } from '../look/shades.ts'
import type { Frame } from '../stage/frame.ts'
import { speakerColour } from '../stage/speaker-colour.ts'
import { type Appearance, appearanceOf } from './appearance.ts'
import { createSprite, type Motion, type Pose, type Sprite } from './sprite.ts'

/** Milliseconds of a change where nothing else is said. */
const CHANGE_MS = 160
const CHANGE: Motion = { effect: 'fade', duration: CHANGE_MS }

interface Figure extends Pose {
  sprite: Sprite
}

/** Who is on the stage: standing sprites, the avatar, the speaker's colours. */
export function createCast(frame: Frame, onProblem: TellProblem): Companion {
  /** By speaker, or by the name that a command gave. */
  const figures = new Map<string, Figure>()
  const presets = new Map<string, SpeakerLook>()
  const appearances = new Map<string, Appearance>()
  let speaking = ''

  function light(): void {
    if (figures.size > 0) frame.player.dataset.staged = ''
    else delete frame.player.dataset.staged
    for (const [name, { sprite }] of figures) sprite.dim(speaking !== '' && name !== speaking)
  }

  function show(name: string, pose: Pose, motion: Motion): void {
    const known = figures.get(name)
    for (const [other, figure] of figures) {
      // A place holds one figure: who comes takes it.
      if (other !== name && figure.position === pose.position) dismiss(other, motion)
    }
    if (!known && figures.size >= POSITIONS.length) dismiss([...figures.keys()][0]!, motion)
    const sprite = known?.sprite ?? createSprite(frame.stage, onProblem)
    figures.set(name, { sprite, ...pose })
    sprite.pose(pose, motion)
  }

  function dismiss(name: string, motion: Motion): void {
    figures.get(name)?.sprite.leave(motion)
    figures.delete(name)
  }

  function dress(speaker: string, look: Appearance): void {
    const color = look.color || speakerColour(speaker)
    const rgb = readColour(color)
    const shades = rgb && shadesOf(rgb)
    // On the box too: a list keeps copies of it.
    for (const { dataset, style } of [frame.player, frame.box]) {
      dataset.speaker = speaker
      style.setProperty('--speaker', color)
      if (!shades) continue
      style.setProperty('--speaker-bright', shades.bright)
      style.setProperty('--speaker-deep', shades.deep)
    }
    frame.player.dataset.position = look.position
    showAvatar(look.avatar, speaker)
  }

  function showAvatar(url: string | undefined, speaker: string): void {
    const { avatar } = frame
    avatar.dataset.initial = [...speaker][0]?.toLocaleUpperCase() ?? ''
    if (avatar.dataset.url === url) return
    if (url === undefined) delete avatar.dataset.url
    else avatar.dataset.url = url
    avatar.classList.remove('sm-pictured')
    avatar.style.backgroundImage = ''
    frame.box.classList.toggle('sm-with-avatar', url !== undefined)
    if (url === undefined) return
    const image = new Image()
    image.src = url
    image.decode().then(
      () => {
        if (avatar.dataset.url !== url) return
        avatar.classList.add('sm-pictured')
        // Checked at the door: no quotes, brackets or backslashes.
        avatar.style.backgroundImage = `url("${url}")`
      },
      () => onProblem({ code: 'picture-broken', name: url }),
    )
  }

  function command(order: SpriteCommand): void {
    const name = order.name || speaking
    const effect = SPRITE_EFFECTS.find(known => known === order.effect) ?? 'fade'
    if (order.effect && effect !== order.effect) onProblem({ code: 'effect-unknown', name: order.effect })
    const { duration = CHANGE_MS, amount, easing } = order
    const motion: Motion = { effect, duration, amount, easing }
    if (order.hide) {
      dismiss(name, motion)
      light()
      return
    }
    const look = appearances.get(name) ?? appearanceOf(presets.get(name))
    const present = figures.get(name)
    const mood = order.expression === undefined ? undefined : look.expressions.get(order.expression)
    if (order.expression !== undefined && mood === undefined)
      onProblem({ code: 'expression-unknown', name: order.expression, speaker: name })
    const url = order.url ?? mood ?? present?.url ?? look.picture
    if (url === undefined) return
    const scene = SCENES.find(known => known === order.scene) ?? present?.scene ?? look.scene ?? 'full'
    const position = order.position ?? present?.position ?? look.position
    const size = order.size ?? present?.size ?? 1
    const [x, y] = [order.x ?? present?.x ?? 0, order.y ?? present?.y ?? 0]
    const repeat = order.repeat ?? present?.repeat ?? 'none'
    show(name, { url, position, scene, size, x, y, repeat }, motion)
    light()
  }

  /** Who stands there by their preset goes along when it is changed: another picture, another place. */
  function follow(name: string, before: SpeakerLook | undefined, now: SpeakerLook | undefined): void {
    const figure = figures.get(name)!
    const worn = before?.expressions.find(({ url }) => url === figure.url)
    if (!before || !worn) return
    const pictures = now?.expressions ?? []
    const url = (pictures.find(picture => picture.name === worn.name) ?? pictures[0])?.url
    if (url === undefined) {
      dismiss(name, CHANGE)
      light()
      return
    }
    const [was, place] = [appearanceOf(before).position, appearanceOf(now).position]
    const position = figure.position === was ? place : figure.position
    if (url !== figure.url || position !== figure.position) show(name, { ...figure, url, position }, CHANGE)
  }

  return {
    onSpeakers(looks) {
      const before = new Map(presets)
      presets.clear()
      for (const look of looks) presets.set(look.name, look)
      for (const name of [...figures.keys()]) follow(name, before.get(name), presets.get(name))
      if (speaking === '') return
      const look = appearanceOf(presets.get(speaking))
      appearances.set(speaking, look)
      dress(speaking, look)
    },
    onSpeaker(speaker, entry) {
      const look = appearanceOf(presets.get(speaker), entry?.look, entry?.color)
      appearances.set(speaker, look)
      speaking = speaker
      dress(speaker, look)
      const present = figures.get(speaker)
      // Who has changed their face keeps it until a message names another one.
      const url =
        entry?.look?.expression || entry?.look?.sprite ? look.picture : (present?.url ?? look.picture)
      if (url !== undefined) {
        const position = entry?.look?.position ?? present?.position ?? look.position
        const scene = look.scene ?? present?.scene ?? 'full'
        const { size, x, y, repeat } = present ?? { size: 1, x: 0, y: 0, repeat: 'none' }
        show(speaker, { url, position, scene, size, x, y, repeat }, CHANGE)
      }
      light()
    },
    onSprite: command,
    onClear() {
      for (const name of [...figures.keys()]) dismiss(name, CHANGE)
      speaking = ''
      light()
    },
  }
}
