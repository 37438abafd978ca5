import { ImagePlus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { assetUrl } from '../../../../shared/asset.ts'
import type { SpeakerInput } from '../../../../shared/speaker.ts'
import { useUpload } from '../../desk/use-upload.ts'
import { IconButton } from '../../ui/icon-button.tsx'

interface ExpressionsProps {
  expressions: SpeakerInput['expressions']
  /** @param change applied to what stands there by then: an upload takes its time */
  onChange(change: (expressions: SpeakerInput['expressions']) => SpeakerInput['expressions']): void
}

/** The speaker's moods, each a named picture. */
export function Expressions({ expressions, onChange }: ExpressionsProps) {
  const { t } = useTranslation()
  const { busy, problem, choose } = useUpload()

  async function add(): Promise<void> {
    const picked = await choose()
    const name = picked?.name
      .replace(/\.[^.]*$/, '')
      .trim()
      .slice(0, 40)
    if (picked) onChange(all => [...all, { name: name || '?', asset: picked.id }])
  }

  return (
    <fieldset>
      <legend className="font-medium text-sm">{t('speakers.expressions')}</legend>
      <p className="mb-2 text-quiet text-xs">{t('speakers.expressionsHint')}</p>
      <ul className="flex flex-wrap gap-3">
        {expressions.map((expression, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two expressions may have one picture
          <li key={`${expression.asset}-${index}`} className="relative w-24">
            <img
              src={assetUrl(expression.asset)}
              alt=""
              className="size-24 rounded-box border border-line bg-base-200 object-contain object-bottom"
            />
            <input
              className="input input-xs mt-1 w-full"
              aria-label={t('speakers.expressionName')}
              value={expression.name}
              maxLength={40}
              onChange={event =>
                onChange(all => all.with(index, { ...expression, name: event.target.value }))
              }
            />
            <IconButton
              icon={X}
              label={`${t('speakers.removePicture')}: ${expression.name}`}
              className="!absolute top-0.5 right-0.5 btn-xs bg-base-100/90"
              onClick={() => onChange(all => all.filter((_, other) => other !== index))}
            />
          </li>
        ))}
        <li>
          <button
            type="button"
            className="flex size-24 flex-col items-center justify-center gap-1 rounded-box border border-line border-dashed text-quiet text-xs hover:border-primary"
            aria-busy={busy}
            onClick={() => void add()}
          >
            {busy ? (
              <span className="loading loading-spinner loading-sm" />
            ) : (
              <ImagePlus className="icon" aria-hidden="true" />
            )}
            {t('speakers.addExpression')}
          </button>
        </li>
      </ul>
      {problem && (
        <p role="alert" className="mt-1 text-error text-xs">
          {problem}
        </p>
      )}
    </fieldset>
  )
}
