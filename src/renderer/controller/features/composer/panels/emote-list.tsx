import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Emote, emoteName } from '../../../../../shared/emote.ts'
import { deleteEmote, listEmotes, renameEmote } from '../../../api/emotes.ts'
import { useDesk } from '../../../desk/context.ts'
import { isComposing } from '../../../lib/keys.ts'
import { useLoaded } from '../../../lib/use-loaded.ts'
import { ListSkeleton } from '../../../ui/list-skeleton.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { TwoStepButton } from '../../../ui/two-step-button.tsx'
import { useFailureWords } from '../../../ui/use-failure-words.ts'

/** The user's own emotes, to be renamed and deleted. */
export function EmoteList() {
  const { t } = useTranslation()
  const { request } = useDesk()
  const say = useFailureWords()
  const { value: emotes, failure, reload } = useLoaded(useCallback(() => listEmotes(request), [request]))
  const [problem, setProblem] = useState<{ id: string; words: string } | null>(null)

  async function rename(emote: Emote, name: string): Promise<void> {
    if (name.trim() === emote.name) return
    if (!emoteName.safeParse(name).success) {
      setProblem({ id: emote.id, words: t('picker.emoteName') })
      return
    }
    const answer = await renameEmote(request, emote.id, name)
    const words = answer.ok
      ? ''
      : answer.failure.status === 409
        ? t('picker.emoteTaken')
        : say(answer.failure)
    setProblem(words ? { id: emote.id, words } : null)
    if (answer.ok) void reload()
  }
  async function remove({ id }: Emote): Promise<void> {
    const answer = await deleteEmote(request, id)
    if (answer.ok) void reload()
    else setProblem({ id, words: say(answer.failure) })
  }

  if (failure) return <Notice tone="error">{say(failure)}</Notice>
  if (!emotes) return <ListSkeleton />
  return (
    <ul className="flex flex-col gap-1">
      {emotes.map(emote => (
        <li key={`${emote.id} ${emote.name}`} className="flex flex-wrap items-center gap-2">
          <img src={emote.url} alt="" className="size-8 flex-none object-contain" />
          <input
            className="input input-sm w-48"
            aria-label={`${t('common.name')}: ${emote.name}`}
            aria-invalid={problem?.id === emote.id || undefined}
            defaultValue={emote.name}
            maxLength={64}
            onBlur={event => void rename(emote, event.target.value)}
            onKeyDown={event => {
              if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return
              event.preventDefault()
              event.currentTarget.blur()
            }}
          />
          <TwoStepButton
            label={t('common.delete')}
            question={t('common.deleteSure')}
            onConfirm={() => void remove(emote)}
          />
          {problem?.id === emote.id && (
            <p role="alert" className="text-error text-xs">
              {problem.words}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
