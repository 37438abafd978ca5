import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Asset, DEFAULT_UPLOADS, type UploadLimits } from '../../../shared/asset.ts'
import { uploadAsset } from '../api/assets.ts'
import { pickFile } from '../lib/files.ts'
import { checkPicture, pictureWords } from '../lib/picture.ts'
import { useFailureWords } from '../ui/use-failure-words.ts'
import { useDesk, useSessionState } from './context.ts'

export interface Upload {
  busy: boolean
  /** In words; null when all is well. */
  problem: string | null
  /** Asks for a picture and sends it. @returns null when there is none, or it was refused. */
  choose(): Promise<Asset | null>
  /** The same for a picture that is at hand, pasted or dropped. */
  send(file: File): Promise<Asset | null>
  /** The user has gone on: what was wrong is said no more. */
  forget(): void
}

/** What this server takes. */
export function useUploadLimits(): UploadLimits {
  return useSessionState(state => state.server?.uploads) ?? DEFAULT_UPLOADS
}

/** Takes a picture from this computer to the server; says what is wrong with one before it is sent. */
export function useUpload(): Upload {
  const { t, i18n } = useTranslation()
  const { request } = useDesk()
  const { bytes, types } = useUploadLimits()
  const say = useFailureWords()
  /** Pictures on their way. */
  const [under, setUnder] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)

  async function send(file: File): Promise<Asset | null> {
    // What is wrong with one of several that are on their way stays said.
    if (under === 0) setProblem(null)
    setUnder(count => count + 1)
    const wrong = await checkPicture(file, bytes, types)
    const answer = wrong ? null : await uploadAsset(request, file)
    setUnder(count => count - 1)
    if (wrong) setProblem(t(`speakers.${wrong}`, pictureWords(bytes, types, i18n.language)))
    if (answer && !answer.ok) setProblem(say(answer.failure))
    return answer?.ok ? answer.value.asset : null
  }
  return {
    busy: under > 0,
    problem,
    send,
    forget: () => setProblem(null),
    async choose() {
      const file = await pickFile(types.join())
      return file && send(file)
    },
  }
}
