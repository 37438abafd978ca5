import { useTranslation } from 'react-i18next'
import { placePath } from './location.ts'
import { SECTIONS, type Section, sectionIcons } from './sections.ts'

interface NavigationProps {
  section: Section
  room: string
  /** A bar at the left, or at the bottom of a phone. */
  bar: 'left' | 'bottom'
  /** Only icons, in the dock. */
  bare?: boolean
  onGo(section: Section): void
}

export function Navigation({ section, room, bar, bare = false, onGo }: NavigationProps) {
  const { t } = useTranslation()
  const left = bar === 'left'
  return (
    <nav
      aria-label={t('live.sections')}
      className={left ? 'py-2' : 'flex-none border-line border-t bg-base-100'}
    >
      <ul className={left ? 'flex flex-col gap-1 px-1.5' : 'flex justify-between px-1'}>
        {SECTIONS.map(name => {
          const Icon = sectionIcons[name]
          return (
            <li key={name} className={left ? '' : 'min-w-0 flex-1'}>
              <a
                href={placePath({ section: name, room })}
                title={bare ? t(`live.${name}`) : undefined}
                aria-current={name === section ? 'page' : undefined}
                className={`flex flex-col items-center gap-0.5 rounded-field text-quiet hover:bg-base-300/60 hover:text-base-content aria-[current]:bg-primary/10 aria-[current]:font-medium aria-[current]:text-primary ${left ? 'py-2 text-xs' : 'py-1.5 text-[0.6875rem]'}`}
                onClick={event => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return
                  event.preventDefault()
                  onGo(name)
                }}
              >
                <Icon className="icon" aria-hidden="true" />
                <span className={bare ? 'sr-only' : 'max-w-full truncate px-0.5'}>{t(`live.${name}`)}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
