import type { Page } from '@playwright/test'

/** What themes must be readable on: a white snow field, a black menu, busy grass. */
export const GROUNDS = ['snow', 'menu', 'grass'] as const
export type Ground = (typeof GROUNDS)[number]

/** Paints a ground behind the player, as OBS would show one below the source. */
export async function layGround(page: Page, ground: Ground): Promise<void> {
  await page.evaluate(kind => {
    const canvas = document.createElement('canvas')
    const { innerWidth: width, innerHeight: height } = window
    canvas.width = width
    canvas.height = height
    canvas.style.cssText = 'position:fixed;inset:0;z-index:-1;width:100%;height:100%'
    const draw = canvas.getContext('2d')!
    // A generator of its own: the same picture each time.
    let seed = 7
    const random = () => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647
    }
    if (kind === 'snow') {
      const sky = draw.createLinearGradient(0, 0, 0, height)
      sky.addColorStop(0, '#dfe9f5')
      sky.addColorStop(0.5, '#f6f9fd')
      sky.addColorStop(1, '#ffffff')
      draw.fillStyle = sky
      draw.fillRect(0, 0, width, height)
      for (let hill = 0; hill < 3; hill++) {
        draw.fillStyle = ['#e8eff8', '#f3f7fc', '#ffffff'][hill]!
        draw.beginPath()
        draw.moveTo(0, height)
        for (let x = 0; x <= width; x += 20)
          draw.lineTo(x, height * (0.55 + hill * 0.14) + Math.sin(x / (160 + hill * 90) + hill * 2) * 40)
        draw.lineTo(width, height)
        draw.fill()
      }
    } else if (kind === 'menu') {
      draw.fillStyle = '#08090c'
      draw.fillRect(0, 0, width, height)
      draw.strokeStyle = '#23262e'
      draw.fillStyle = '#c9ccd4'
      draw.font = `${height / 34}px sans-serif`
      ;['CONTINUE', 'NEW GAME', 'OPTIONS', 'GALLERY', 'EXIT'].forEach((word, row) => {
        draw.strokeRect(width * 0.08, height * (0.14 + row * 0.15), width * 0.3, height * 0.1)
        draw.fillText(word, width * 0.11, height * (0.2 + row * 0.15))
      })
    } else {
      draw.fillStyle = '#4d7a33'
      draw.fillRect(0, 0, width, height)
      for (let blade = 0; blade < (width * height) / 90; blade++) {
        const [x, y, long] = [random() * width, random() * height, 8 + random() * 26]
        draw.strokeStyle = `hsl(${75 + random() * 50} ${35 + random() * 45}% ${18 + random() * 55}%)`
        draw.lineWidth = 1 + random() * 2.5
        draw.beginPath()
        draw.moveTo(x, y)
        draw.quadraticCurveTo(x + random() * 10 - 5, y - long / 2, x + random() * 22 - 11, y - long)
        draw.stroke()
      }
      for (let flower = 0; flower < width / 12; flower++) {
        draw.fillStyle = ['#fff', '#ffe14d', '#ff7eb6'][Math.floor(random() * 3)]!
        draw.beginPath()
        draw.arc(random() * width, random() * height, 3 + random() * 5, 0, 7)
        draw.fill()
      }
    }
    document.body.prepend(canvas)
  }, ground)
}
