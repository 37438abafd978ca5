import { Grid2x2, Image, Moon, Sun } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import '../../../player/styles/base.css'
import '../../../player/styles/novel.css'
import { createPlayer } from '../../../player/player.ts'
import { useDesk, usePreferences } from '../../desk/context.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import './preview.css'

const GROUNDS = ['checker', 'dark', 'light', 'scene'] as const
const icons = { checker: Grid2x2, dark: Moon, light: Sun, scene: Image }

/** The real player, fed from the desk's own stream: it shows what the audience sees. */
export function Preview({ className = '' }: { className?: string }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const stage = useRef<HTMLDivElement>(null)
  const [{ ground }, setPreferences] = usePreferences()
  const next = GROUNDS[(GROUNDS.indexOf(ground) + 1) % GROUNDS.length]!

  useEffect(() => {
    const element = stage.current
    if (!element) return
    const player = createPlayer(element, { subscribe: listener => desk.listen(listener) })
    const resized = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      element.style.setProperty('--preview-stage', `${Math.min(height, (width * 9) / 16)}px`)
    })
    resized.observe(element)
    return () => {
      resized.disconnect()
      player.destroy()
    }
  }, [desk])

  return (
    <div
      className={`preview relative overflow-hidden rounded-box border border-line ${className}`}
      data-ground={ground}
    >
      {/* What is said stands in the list of lines, for those who hear the page. */}
      <div ref={stage} className="absolute inset-0" role="img" aria-label={t('live.preview')} />
      <IconButton
        icon={icons[ground]}
        label={`${t('live.previewGround')}: ${t(`live.${ground}`)}`}
        className="!absolute top-1.5 right-1.5 border-line bg-base-100/90"
        onClick={() => setPreferences({ ground: next })}
      />
    </div>
  )
}
