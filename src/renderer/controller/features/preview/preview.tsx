import { Grid2x2, Image, Moon, Sun } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { loadTheme } from '../../../player/look/load-theme.ts'
import { createPlayer, type Player } from '../../../player/player.ts'
import { useDesk, usePreferences } from '../../desk/context.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import './preview.css'
import { PREVIEW_PAGE, preparePlayerPage } from './preview-frame.ts'

const GROUNDS = ['checker', 'dark', 'light', 'scene'] as const
const icons = { checker: Grid2x2, dark: Moon, light: Sun, scene: Image }

/** Milliseconds until the empty page is asked for once more, where the server was away. */
const TRY_AGAIN = 2_000

/** The real player, fed from the desk's own stream: it shows what the audience sees. */
export function Preview({ className = '' }: { className?: string }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const frame = useRef<HTMLIFrameElement>(null)
  const [{ ground }, setPreferences] = usePreferences()
  const next = GROUNDS[(GROUNDS.indexOf(ground) + 1) % GROUNDS.length]!

  useEffect(() => {
    const element = frame.current
    if (!element) return
    let player: Player | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    const mount = () => {
      player?.destroy()
      const root = preparePlayerPage(element)
      if (root)
        player = createPlayer(
          root,
          { subscribe: listener => desk.listen(listener) },
          { loadTheme, readBefore: desk.readBefore },
        )
      else again = setTimeout(() => element.setAttribute('src', PREVIEW_PAGE), TRY_AGAIN)
    }
    element.addEventListener('load', mount)
    element.setAttribute('src', PREVIEW_PAGE)
    return () => {
      element.removeEventListener('load', mount)
      clearTimeout(again)
      player?.destroy()
    }
  }, [desk])

  return (
    <div
      className={`preview relative overflow-hidden rounded-box border border-line ${className}`}
      data-ground={ground}
    >
      {/* What is said stands in the list of lines too, for those who hear the page. */}
      <iframe
        ref={frame}
        className="absolute inset-0 size-full"
        title={t('live.preview')}
        tabIndex={-1}
        aria-hidden="true"
      />
      <IconButton
        icon={icons[ground]}
        label={`${t('live.previewGround')}: ${t(`live.${ground}`)}`}
        className="!absolute top-1.5 right-1.5 border-line bg-base-100/90"
        onClick={() => setPreferences({ ground: next })}
      />
    </div>
  )
}
