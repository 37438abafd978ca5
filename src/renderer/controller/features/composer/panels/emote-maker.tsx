import { ImagePlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { emoteName } from '../../../../../shared/emote.ts'
import { addEmote } from '../../../api/emotes.ts'
import { useDesk } from '../../../desk/context.ts'
import { useUploadLimits } from '../../../desk/use-upload.ts'
import { pickFile } from '../../../lib/files.ts'
import { isComposing } from '../../../lib/keys.ts'
import { checkPicture, pictureWords } from '../../../lib/picture.ts'
import { useOnce } from '../../../lib/use-once.ts'
import { Field } from '../../../ui/field.tsx'
import { useFailureWords } from '../../../ui/use-failure-words.ts'

/** A name to begin with, made of the file's. */
function nameOf(file: File): string {
  return file.name
    .replace(/\.[^.]*$/, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}_+.-]+/gu, '_')
    .slice(0, 64)
}

/** A picture and a name make an emote. What is wrong is said at the name, and nothing is lost. */
export function EmoteMaker({ onMade }: { onMade(): void }) {
  const { t, i18n } = useTranslation()
  const { request } = useDesk()
  const { bytes, emoteBytes, types } = useUploadLimits()
  const say = useFailureWords()
  const [file, setFile] = useState<{ file: File; url: string } | null>(null)
  const [name, setName] = useState('')
  const [busy, once] = useOnce()
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(
    () => () => {
      if (file) URL.revokeObjectURL(file.url)
    },
    [file],
  )

  async function choose(): Promise<void> {
    const picked = await pickFile(types.join())
    if (!picked) return
    const most = Math.min(bytes, emoteBytes)
    const wrong = await checkPicture(picked, most, types)
    setProblem(wrong && t(`speakers.${wrong}`, pictureWords(most, types, i18n.language)))
    setFile(wrong ? null : { file: picked, url: URL.createObjectURL(picked) })
    if (!wrong) setName(nameOf(picked))
  }
  async function save(): Promise<void> {
    if (!file) return
    if (!emoteName.safeParse(name).success) {
      setProblem(t('picker.emoteName'))
      return
    }
    const answer = await addEmote(request, name, file.file)
    setProblem(
      answer.ok ? null : answer.failure.status === 409 ? t('picker.emoteTaken') : say(answer.failure),
    )
    if (!answer.ok) return
    setFile(null)
    onMade()
  }

  function cancel(): void {
    setFile(null)
    setProblem(null)
  }

  if (!file)
    return (
      <div>
        <button type="button" className="btn btn-sm" onClick={() => void choose()}>
          <ImagePlus className="icon" aria-hidden="true" />
          {t('picker.addEmote')}
        </button>
        {problem && (
          <p role="alert" className="mt-1 text-error text-xs">
            {problem}
          </p>
        )}
      </div>
    )
  return (
    <div className="flex items-start gap-3 rounded-box border border-line p-2">
      <img src={file.url} alt="" className="size-12 flex-none object-contain" />
      <div className="min-w-0 flex-1">
        <Field label={t('common.name')} hint={t('picker.emoteHint')} error={problem}>
          {control => (
            <div className="flex flex-wrap gap-2">
              <input
                {...control}
                className="input input-sm w-48"
                value={name}
                maxLength={64}
                onChange={event => {
                  setName(event.target.value)
                  setProblem(null)
                }}
                onKeyDown={event => {
                  if (event.key !== 'Enter' || isComposing(event.nativeEvent)) return
                  event.preventDefault()
                  void once(save)
                }}
              />
              <button
                type="button"
                className="btn btn-primary btn-sm"
                aria-busy={busy}
                disabled={busy}
                onClick={() => void once(save)}
              >
                {busy ? t('picker.uploading') : t('common.save')}
              </button>
              <button type="button" className="btn btn-ghost btn-sm" onClick={cancel}>
                {t('common.cancel')}
              </button>
            </div>
          )}
        </Field>
      </div>
    </div>
  )
}
