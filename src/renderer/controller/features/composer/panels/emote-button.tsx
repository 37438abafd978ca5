import type { EmoteLook } from '../../../../../shared/emote.ts'
import { emoteText } from '../recent-picks.ts'

interface EmoteButtonProps {
  emote: EmoteLook
  onPick(emote: EmoteLook, stay: boolean): void
}

/** One of the room's emotes. */
export function EmoteButton({ emote, onPick }: EmoteButtonProps) {
  return (
    <button
      type="button"
      title={emoteText(emote)}
      aria-label={emote.name}
      className="flex size-12 items-center justify-center rounded-field p-1 hover:bg-base-300"
      onClick={event => onPick(emote, event.shiftKey)}
    >
      <img src={emote.url} alt="" loading="lazy" className="max-h-full max-w-full object-contain" />
    </button>
  )
}
