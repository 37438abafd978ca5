import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { usePlayerWords } from '../../ui/use-player-words.ts'
import { useProblemWords } from '../../ui/use-problem-words.ts'
import { useDiagnoses } from './use-diagnoses.ts'

/** Reasons told before one asks for all: the list of players stays in sight. */
const SHOWN = 2

/** The reasons when something is wrong, in words. */
export function Warnings() {
  const { t } = useTranslation()
  const found = useDiagnoses()
  const call = usePlayerWords()
  const sayProblem = useProblemWords()
  const [all, setAll] = useState(false)
  if (found.length === 0) return null
  return (
    <div className="flex flex-none flex-col gap-1 px-3 pb-2">
      {(all ? found : found.slice(0, SHOWN)).map(diagnosis => {
        const { type, ...values } = diagnosis
        const named = 'label' in values ? { ...values, label: call(values.label) } : values
        const text = 'problem' in values ? sayProblem(values.problem) : undefined
        return (
          <Notice key={JSON.stringify(diagnosis)} tone="warning">
            {t(`players.${type}`, { ...named, text })}
          </Notice>
        )
      })}
      {found.length > SHOWN && (
        <button
          type="button"
          className="btn btn-ghost btn-xs self-start"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t('players.fewer') : t('players.more', { count: found.length - SHOWN })}
        </button>
      )}
    </div>
  )
}
