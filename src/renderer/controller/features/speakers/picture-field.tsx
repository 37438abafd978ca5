import { ImagePlus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { assetUrl } from '../../../../shared/asset.ts'
import { useUpload } from '../../desk/use-upload.ts'

interface PictureFieldProps {
  label: string
  asset: string
  onChange(asset: string): void
}

/** One picture: pressed to choose another. */
export function PictureField({ label, asset, onChange }: PictureFieldProps) {
  const { t } = useTranslation()
  const { busy, problem, choose } = useUpload()
  return (
    <div className="w-24 flex-none">
      <p className="mb-1 font-medium text-sm">{label}</p>
      <button
        type="button"
        className="flex size-24 items-center justify-center overflow-hidden rounded-box border border-line bg-base-200 text-quiet hover:border-primary"
        aria-label={`${t('speakers.choosePicture')}: ${label}`}
        aria-busy={busy}
        onClick={() => void choose().then(picked => picked && onChange(picked.id))}
      >
        {busy ? (
          <span className="loading loading-spinner loading-sm" />
        ) : asset ? (
          <img src={assetUrl(asset)} alt="" className="size-full object-cover" />
        ) : (
          <ImagePlus className="icon" aria-hidden="true" />
        )}
      </button>
      {asset && (
        <button type="button" className="btn btn-ghost btn-xs mt-1" onClick={() => onChange('')}>
          <X className="size-3.5" aria-hidden="true" />
          {t('live.remove')}
        </button>
      )}
      {problem && (
        <p role="alert" className="mt-1 text-error text-xs">
          {problem}
        </p>
      )}
    </div>
  )
}
