import type { Page } from '@playwright/test'
import type { LineLook } from '../../src/shared/line-look.ts'

interface Figure {
  hair: string
  cloth: string
  look: LineLook
}

const FIGURES: Record<string, Figure> = {
  夏目: { hair: '#3a2f4c', cloth: '#c2486e', look: { color: '#c2486e', position: 'left' } },
  小雪: { hair: '#b9cfe8', cloth: '#3f7fc4', look: { color: '#2f74bd', position: 'right' } },
}

/** The looks of the film's two speakers; with `sprites` also their figures, drawn of plain shapes. */
export async function castOf(page: Page, sprites: boolean): Promise<Record<string, LineLook>> {
  const cast: Record<string, LineLook> = {}
  for (const [name, { hair, cloth, look }] of Object.entries(FIGURES)) {
    const [sprite, avatar] = await page.evaluate(
      ([hair, cloth]) => {
        const canvas = document.createElement('canvas')
        canvas.width = 360
        canvas.height = 900
        const draw = canvas.getContext('2d')!
        const ellipse = (color: string, x: number, y: number, rx: number, ry: number) => {
          draw.fillStyle = color
          draw.beginPath()
          draw.ellipse(x, y, rx, ry, 0, 0, 7)
          draw.fill()
        }
        ellipse(hair, 180, 190, 118, 150)
        draw.fillStyle = hair
        draw.fillRect(74, 190, 212, 220)
        draw.fillStyle = '#f6dcce'
        draw.fillRect(155, 270, 50, 70)
        draw.fillStyle = cloth
        draw.beginPath()
        draw.moveTo(110, 330)
        draw.lineTo(250, 330)
        draw.lineTo(330, 900)
        draw.lineTo(30, 900)
        draw.fill()
        ellipse('#fbe7da', 180, 195, 84, 104)
        for (const x of [145, 215]) ellipse('#4a3550', x, 205, 13, 20)
        for (const x of [149, 219]) ellipse('#fff', x, 198, 4, 6)
        ellipse('#d9727f', 180, 256, 14, 6)
        ellipse(hair, 180, 112, 100, 56)
        const face = document.createElement('canvas')
        face.width = 128
        face.height = 128
        const small = face.getContext('2d')!
        small.fillStyle = cloth
        small.fillRect(0, 0, 128, 128)
        small.drawImage(canvas, 60, 60, 240, 240, 0, 0, 128, 128)
        return [canvas.toDataURL('image/png'), face.toDataURL('image/png')]
      },
      [hair, cloth] as const,
    )
    cast[name] = sprites ? { ...look, sprite: sprite!, avatar: avatar!, scene: 'bust' } : look
  }
  return cast
}
