import { Check, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDeskStore, usePreferences } from '../../desk/context.ts'
import { lineState } from '../../desk/line-state.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { usePlayerAddress } from './use-player-address.ts'

/**
 * The first run: three steps that tick themselves off as they are done.
 * @param compact only the step that is next, for OBS's dock
 */
export function Welcome({ compact = false }: { compact?: boolean }) {
  const { t } = useTranslation()
  const address = usePlayerAddress()
  const [{ welcomed }, setPreferences] = usePreferences()
  const players = useDeskStore(
    d => d.players.store,
    s => s.players,
  )
  const messages = useDeskStore(
    d => d.transcript.store,
    s => s.messages,
  )
  const showsNow = messages.some(message => lineState(message, players) !== 'sent')
  // What was done once stays done, also when the player is closed or the connection is lost.
  const [shown, setShown] = useState(showsNow)
  useEffect(() => {
    if (showsNow) setShown(true)
  }, [showsNow])
  if (welcomed) return null
  const opened = shown || players.some(player => player.place !== 'preview')
  const sent = shown || messages.length > 0
  const finish = () => setPreferences({ welcomed: true })
  const openPlayer = (
    <a href={address('')} target="_blank" rel="noreferrer" className="btn btn-primary btn-sm mt-1 self-start">
      {t('live.openPlayer')}
    </a>
  )
  const steps = [
    { done: opened, title: t('share.welcome1'), hint: t('share.welcome1Hint') },
    { done: sent, title: t('share.welcome2'), hint: t('share.welcome2Hint') },
    { done: shown, title: t('share.welcome3'), hint: t('share.welcome3Hint') },
  ]
  if (compact) {
    const next = steps.findIndex(step => !step.done)
    return (
      <section
        aria-label={t('share.welcome')}
        className="flex flex-none items-center gap-1 border-line border-b bg-base-200 p-2"
      >
        <div className="flex min-w-0 flex-1 flex-col">
          {next >= 0 && <p className="text-quiet text-xs">{t('share.stepOf', { step: next + 1 })}</p>}
          <p role="status" className="font-medium text-sm">
            {next < 0 ? t('share.allDone') : steps[next]!.title}
          </p>
          {next >= 0 && <p className="text-quiet text-xs">{steps[next]!.hint}</p>}
          {next === 0 && openPlayer}
        </div>
        <IconButton icon={X} label={next < 0 ? t('share.done') : t('share.skip')} onClick={finish} />
      </section>
    )
  }
  return (
    <section aria-label={t('share.welcome')} className="flex-none border-line border-b bg-base-200 px-4 py-3">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 text-sm">{t('share.welcome')}</h2>
        <button
          type="button"
          className={`btn btn-sm ${shown ? 'btn-primary' : 'btn-ghost'}`}
          onClick={finish}
        >
          {shown ? t('share.done') : t('share.skip')}
        </button>
      </div>
      <ol className="mt-1 grid gap-x-4 gap-y-2 md:grid-cols-3">
        {steps.map((step, index) => (
          <Step key={step.title} number={index + 1} {...step}>
            {index === 0 && !opened && openPlayer}
          </Step>
        ))}
      </ol>
    </section>
  )
}

interface StepProps {
  number: number
  done: boolean
  title: string
  hint: string
  children?: ReactNode
}

function Step({ number, done, title, hint, children }: StepProps) {
  const { t } = useTranslation()
  return (
    <li className="flex items-start gap-2">
      <span
        className={`flex size-6 flex-none items-center justify-center rounded-full text-xs ${done ? 'bg-success text-success-content' : 'border border-base-content/40'}`}
      >
        {done ? <Check className="size-4" role="img" aria-label={t('share.done')} /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium text-sm leading-6">{title}</p>
        <p className="text-quiet text-xs">{hint}</p>
        {children}
      </div>
    </li>
  )
}
