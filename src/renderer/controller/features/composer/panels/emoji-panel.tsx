import {
  Apple,
  Clock,
  Flag,
  Hand,
  Hash,
  Lightbulb,
  type LucideIcon,
  PawPrint,
  Plane,
  Smile,
  Sticker,
  Trophy,
} from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EmoteLook } from '../../../../../shared/emote.ts'
import { useDeskStore, usePreferences } from '../../../desk/context.ts'
import { resolveLanguage } from '../../../i18n/index.ts'
import { isComposing } from '../../../lib/keys.ts'
import { Notice } from '../../../ui/notice.tsx'
import { EMOJI_GROUPS, type Emoji, type EmojiGroup, loadEmoji, searchEmoji } from '../emoji.ts'
import { emoteText, isEmote, recentPicks, remember } from '../recent-picks.ts'
import { EmoteButton } from './emote-button.tsx'
import { EmoteList } from './emote-list.tsx'
import { EmoteMaker } from './emote-maker.tsx'
import { Grid } from './grid.tsx'
import { isDrawn } from './is-drawn.ts'
import { ComposerPanel } from './panel.tsx'

type Shelf = EmojiGroup | 'recent' | 'emotes'

const icons: Record<Shelf, LucideIcon> = {
  recent: Clock,
  emotes: Sticker,
  smileys: Smile,
  people: Hand,
  animals: PawPrint,
  food: Apple,
  travel: Plane,
  activities: Trophy,
  objects: Lightbulb,
  symbols: Hash,
  flags: Flag,
}

/** Emoji found at a time: more are not looked through. */
const FOUND = 120

/** The hand of the tone buttons. */
const TONES = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿']

interface EmojiPanelProps {
  /** @param stay keep the panel open for more. */
  onPick(text: string, stay: boolean): void
  onClose(): void
}

/** The room's emotes, and all emoji of Unicode: by group, by search in three languages, and those used last. */
export function EmojiPanel({ onPick, onClose }: EmojiPanelProps) {
  const { t } = useTranslation()
  const [{ language, recentEmoji, skinTone }, setPreferences] = usePreferences()
  const emotes = useDeskStore(
    d => d.emotes,
    s => s.emotes,
  )
  const [all, setAll] = useState<Emoji[] | null>(null)
  const [failed, setFailed] = useState(false)
  const [query, setQuery] = useState('')
  const [group, setGroup] = useState<Shelf>(
    recentEmoji.length > 0 ? 'recent' : emotes.length > 0 ? 'emotes' : 'smileys',
  )
  const [tidy, setTidy] = useState(false)

  const search = useRef<HTMLInputElement>(null)
  // A phone's keyboard would cover what is picked from.
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) search.current?.focus()
  }, [])
  useEffect(() => {
    let wanted = true
    loadEmoji(resolveLanguage(language)).then(
      loaded => {
        if (!wanted) return
        setAll(loaded)
        setFailed(false)
      },
      () => wanted && setFailed(true),
    )
    return () => {
      wanted = false
    }
  }, [language])

  const shown = useMemo((): (Emoji | EmoteLook)[] => {
    if (!all) return []
    if (query.trim() !== '')
      return searchEmoji(all, query)
        .filter(emoji => isDrawn(emoji.text))
        .slice(0, FOUND)
    if (group === 'recent') return recentPicks(recentEmoji, all, emotes)
    return all.filter(emoji => emoji.group === group && isDrawn(emoji.text))
  }, [all, query, group, recentEmoji, emotes])

  const foundEmotes = useMemo(() => {
    const wanted = query.trim().toLowerCase()
    if (wanted === '') return group === 'emotes' ? emotes : []
    return emotes.filter(({ name }) => name.toLowerCase().includes(wanted))
  }, [emotes, query, group])

  const withTone = (emoji: Emoji) => emoji.tones[skinTone - 1] ?? emoji.text
  function pick(picked: Emoji | EmoteLook, more: boolean): void {
    // By touch there is no Shift: it stays open until it is closed.
    const stay = more || matchMedia('(pointer: coarse)').matches
    const text = isEmote(picked) ? emoteText(picked) : withTone(picked)
    // While the panel stays open its list must not jump under the hand.
    if (!stay || group !== 'recent')
      setPreferences({ recentEmoji: remember(isEmote(picked) ? text : picked.id, recentEmoji) })
    onPick(text, stay)
  }

  return (
    <ComposerPanel
      title={t('picker.emoji')}
      onClose={onClose}
      head={
        <input
          type="search"
          className="input input-sm w-full max-w-72"
          placeholder={t('picker.searchEmoji')}
          aria-label={t('picker.searchEmoji')}
          value={query}
          onChange={event => setQuery(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return
            event.preventDefault()
            const first = foundEmotes[0] ?? shown[0]
            if (first) pick(first, event.shiftKey)
          }}
          ref={search}
        />
      }
    >
      <div className="sticky top-0 z-10 flex flex-wrap items-center gap-x-3 bg-base-100 pb-1">
        <fieldset aria-label={t('picker.groups')} className="flex min-w-0 overflow-x-auto">
          {(['recent', 'emotes', ...EMOJI_GROUPS] as const).map(name => {
            const Icon = icons[name]
            const label = t(`picker.${name}`)
            return (
              <button
                key={name}
                type="button"
                aria-label={label}
                title={label}
                aria-pressed={name === group && query === ''}
                className="btn btn-square btn-ghost btn-sm aria-pressed:bg-primary/10 aria-pressed:text-primary"
                onClick={() => {
                  setQuery('')
                  setGroup(name)
                }}
              >
                <Icon className="icon" aria-hidden="true" />
              </button>
            )
          })}
        </fieldset>
        {(group === 'people' || group === 'recent') && query === '' && (
          <fieldset aria-label={t('picker.tone')} className="flex">
            {TONES.map((hand, tone) => (
              <button
                key={hand}
                type="button"
                aria-label={t('picker.toneOf', { number: tone })}
                aria-pressed={tone === skinTone}
                className="size-7 rounded-field font-emoji text-base aria-pressed:bg-primary/15"
                onClick={() => setPreferences({ skinTone: tone })}
              >
                {hand}
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {foundEmotes.length > 0 && (
        <Grid label={t('picker.emotes')}>
          {foundEmotes.map(emote => (
            <EmoteButton key={emote.name} emote={emote} onPick={pick} />
          ))}
        </Grid>
      )}
      {group === 'emotes' && query === '' && (
        <div className="flex flex-col gap-2 pt-1">
          {emotes.length === 0 && <p className="text-quiet text-sm">{t('picker.noEmotes')}</p>}
          <div className="flex flex-wrap items-start gap-2">
            <EmoteMaker onMade={() => setTidy(false)} />
            {emotes.length > 0 && (
              <button
                type="button"
                aria-pressed={tidy}
                className="btn btn-ghost btn-sm aria-pressed:bg-primary/10"
                onClick={() => setTidy(!tidy)}
              >
                {t('picker.tidyEmotes')}
              </button>
            )}
          </div>
          {tidy && <EmoteList />}
        </div>
      )}
      {failed && <Notice tone="error">{t('picker.emojiFailed')}</Notice>}
      {!all && !failed && group !== 'emotes' && <EmojiSkeleton />}
      {all && shown.length === 0 && foundEmotes.length === 0 && (group !== 'emotes' || query !== '') && (
        <p className="py-2 text-quiet text-sm">
          {query.trim() === '' ? t('picker.noRecent') : t('picker.noEmoji')}
        </p>
      )}
      <Grid label={query === '' ? t(`picker.${group}`) : t('picker.found')}>
        {shown.map(one =>
          isEmote(one) ? (
            <EmoteButton key={emoteText(one)} emote={one} onPick={pick} />
          ) : (
            <button
              key={one.id}
              type="button"
              title={one.name}
              aria-label={one.name}
              className="flex size-10 items-center justify-center rounded-field font-emoji text-2xl leading-none hover:bg-base-300"
              onClick={event => pick(one, event.shiftKey)}
            >
              {withTone(one)}
            </button>
          ),
        )}
      </Grid>
      <p className="mt-1 text-quiet text-xs pointer-coarse:hidden">{t('picker.shift')}</p>
    </ComposerPanel>
  )
}

function EmojiSkeleton() {
  return (
    <div aria-hidden="true" className="flex flex-wrap gap-2 p-1">
      {Array.from({ length: 32 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index} className="size-8 rounded-full bg-base-300/50" />
      ))}
    </div>
  )
}
