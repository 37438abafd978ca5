import { ImagePlus, Trash2 } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Asset, assetUrl } from '../../../../../shared/asset.ts'
import { isImageUrl } from '../../../../../shared/markup/values.ts'
import { deleteAsset, listAssets } from '../../../api/assets.ts'
import { useDesk } from '../../../desk/context.ts'
import { composerField } from '../../../desk/focus.ts'
import { useUpload } from '../../../desk/use-upload.ts'
import { isComposing } from '../../../lib/keys.ts'
import { useLoaded } from '../../../lib/use-loaded.ts'
import { Field } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { useFailureWords } from '../../../ui/use-failure-words.ts'
import { Grid } from './grid.tsx'
import { ComposerPanel } from './panel.tsx'
import { type PictureLook, pictureTag } from './picture-tag.ts'

/** Bytes beyond which a picture is slow to come over a phone's network. */
const HEAVY = 2 * 1024 * 1024

interface PicturePanelProps {
  onPick(text: string, stay: boolean): void
  onClose(): void
}

/** A picture into the line: from this computer, from those that are on the server, or from an address. */
export function PicturePanel({ onPick, onClose }: PicturePanelProps) {
  const { t } = useTranslation()
  const { request } = useDesk()
  const say = useFailureWords()
  const { value: assets, failure, update } = useLoaded(useCallback(() => listAssets(request), [request]))
  const { busy, problem, choose } = useUpload()
  const [url, setUrl] = useState('')
  const [urlProblem, setUrlProblem] = useState<string | null>(null)
  const [look, setLook] = useState<PictureLook>({ height: 1.5, margin: 0, alt: '', pixelated: false })
  const [removing, setRemoving] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const change = (part: Partial<PictureLook>) => setLook(before => ({ ...before, ...part }))

  async function upload(): Promise<void> {
    const field = composerField()
    const asset = await choose()
    if (!asset) return
    update(all => [asset, ...all.filter(other => other.id !== asset.id)])
    // The room may have been changed meanwhile: its line is another one.
    if (field?.isConnected) onPick(pictureTag(assetUrl(asset.id), look), false)
  }
  function insertAddress(): void {
    const address = url.trim()
    const fits = isImageUrl(address)
    setUrlProblem(fits ? null : t('picker.badUrl'))
    if (fits) onPick(pictureTag(address, look), false)
  }
  async function remove(asset: Asset): Promise<void> {
    const answer = await deleteAsset(request, asset.id)
    setTrouble(answer.ok ? null : say(answer.failure))
    if (answer.ok) update(all => all.filter(({ id }) => id !== asset.id))
  }
  const size = (bytes: number) => t('picker.kilobytes', { count: Math.ceil(bytes / 1024) })

  return (
    <ComposerPanel
      title={t('picker.pictures')}
      onClose={onClose}
      head={
        <>
          {assets && assets.length > 0 && (
            <IconButton
              icon={Trash2}
              label={t('picker.tidy')}
              pressed={removing}
              onClick={() => setRemoving(!removing)}
            />
          )}
          <button
            type="button"
            className="btn btn-sm"
            aria-busy={busy}
            disabled={busy}
            onClick={() => void upload()}
          >
            {busy ? (
              <span className="loading loading-spinner loading-xs" />
            ) : (
              <ImagePlus className="icon" aria-hidden="true" />
            )}
            {busy ? t('picker.uploading') : t('picker.upload')}
          </button>
        </>
      }
    >
      <div className="flex flex-col gap-2">
        {(problem ?? trouble) && <Notice tone="error">{problem ?? trouble}</Notice>}
        {failure && <Notice tone="error">{say(failure)}</Notice>}
        {removing && <Notice tone="warning">{t('picker.tidyHint')}</Notice>}
        {assets?.length === 0 && <p className="text-quiet text-sm">{t('picker.noPictures')}</p>}
        {!assets && !failure && <div className="h-16 rounded-box bg-base-300/50" aria-hidden="true" />}
        <Grid label={t('picker.gallery')}>
          {(assets ?? []).map(asset => (
            <button
              key={asset.id}
              type="button"
              aria-label={
                removing ? `${t('common.delete')}: ${asset.name}` : asset.name || t('picker.picture')
              }
              title={`${asset.name} · ${size(asset.size)}${asset.size > HEAVY ? ` · ${t('picker.heavy')}` : ''}`}
              className={`m-0.5 size-16 overflow-hidden rounded-field border bg-base-200 hover:border-primary ${removing ? 'border-error' : asset.size > HEAVY ? 'border-warning' : 'border-line'}`}
              onClick={event =>
                removing ? void remove(asset) : onPick(pictureTag(assetUrl(asset.id), look), event.shiftKey)
              }
            >
              <img src={assetUrl(asset.id)} alt="" loading="lazy" className="size-full object-contain" />
            </button>
          ))}
        </Grid>
        <Field label={t('picker.url')} error={urlProblem}>
          {control => (
            <div className="flex gap-2">
              <input
                {...control}
                type="url"
                className="input input-sm min-w-0 flex-1"
                placeholder="https://"
                value={url}
                onChange={event => {
                  setUrl(event.target.value)
                  setUrlProblem(null)
                }}
                onKeyDown={event => {
                  if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return
                  event.preventDefault()
                  insertAddress()
                }}
              />
              <button
                type="button"
                className="btn btn-sm"
                disabled={url.trim() === ''}
                onClick={insertAddress}
              >
                {t('picker.insert')}
              </button>
            </div>
          )}
        </Field>
        <div className="grid gap-x-4 gap-y-2 sm:grid-cols-3">
          <EmRange
            label={t('picker.height')}
            value={look.height}
            min={1}
            max={6}
            onChange={height => change({ height })}
          />
          <EmRange
            label={t('picker.margin')}
            value={look.margin}
            min={0}
            max={2}
            onChange={margin => change({ margin })}
          />
          <Switch
            label={t('picker.pixelated')}
            checked={look.pixelated}
            onChange={pixelated => change({ pixelated })}
          />
        </div>
        <input
          className="input input-sm w-full"
          aria-label={t('picker.alt')}
          placeholder={t('picker.alt')}
          maxLength={100}
          value={look.alt}
          onChange={event => change({ alt: event.target.value })}
        />
      </div>
    </ComposerPanel>
  )
}

interface EmRangeProps {
  label: string
  value: number
  min: number
  max: number
  onChange(value: number): void
}

/** A length in em, in one row. */
function EmRange({ label, value, min, max, onChange }: EmRangeProps) {
  const { t } = useTranslation()
  return (
    <label className="flex items-center gap-2 text-sm">
      <span className="flex-none">{label}</span>
      <input
        type="range"
        className="min-w-0 flex-1 accent-primary"
        min={min}
        max={max}
        step={0.25}
        value={value}
        onChange={event => onChange(Number(event.target.value))}
      />
      <output className="w-14 flex-none text-right text-quiet text-xs tabular-nums">
        {t('picker.em', { count: value })}
      </output>
    </label>
  )
}
