import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uploadAsset } from '../../api/assets.ts'
import { useDesk } from '../../desk/context.ts'
import { pickFile } from '../../lib/files.ts'
import { checkPicture } from '../../lib/picture.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

export interface Upload {
  busy: boolean
  /** In words; null when all is well. */
  problem: string | null
  /** Asks for a picture and sends it. @returns its asset's id, or null. */
  choose(): Promise<{ id: string; name: string } | null>
}

const TYPES = 'image/png,image/jpeg,image/gif,image/webp,image/avif'

/** Takes a picture from this computer to the server; says what is wrong with one before it is sent. */
export function useUpload(): Upload {
  const { t } = useTranslation()
  const { request } = useDesk()
  const say = useFailureWords()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function choose() {
    const file = await pickFile(TYPES)
    if (!file) return null
    setBusy(true)
    const wrong = await checkPicture(file)
    const answer = wrong ? null : await uploadAsset(request, file)
    setBusy(false)
    setProblem(wrong ? t(`speakers.${wrong}`) : answer && !answer.ok ? say(answer.failure) : null)
    return answer?.ok ? { id: answer.value.asset.id, name: file.name.replace(/\.[^.]*$/, '') } : null
  }
  return { busy, problem, choose }
}
