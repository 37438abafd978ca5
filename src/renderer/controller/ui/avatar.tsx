import { assetUrl } from '../../../shared/asset.ts'
import type { Speaker } from '../../../shared/speaker.ts'

/** A speaker's picture, or the first character of the name on the speaker's colour. */
export function Avatar({ speaker }: { speaker: Pick<Speaker, 'name' | 'color' | 'avatar'> }) {
  if (speaker.avatar)
    return (
      <img src={assetUrl(speaker.avatar)} alt="" className="size-6 flex-none rounded-full object-cover" />
    )
  return (
    <span
      aria-hidden="true"
      className="flex size-6 flex-none items-center justify-center rounded-full border-2 bg-base-200 font-semibold text-base-content text-xs"
      style={{ borderColor: speaker.color || 'var(--color-base-300)' }}
    >
      {[...speaker.name][0]}
    </span>
  )
}
