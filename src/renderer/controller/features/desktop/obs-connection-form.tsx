import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DesktopSettings, ObsStatus } from '../../../../preload/bridge.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useSentForm } from '../../lib/use-sent-form.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { NumberField, PORTS } from './number-field.tsx'

type ObsSettings = DesktopSettings['obs']

interface ObsConnectionFormProps {
  status: ObsStatus
  obs: ObsSettings
  onChange(change: Partial<ObsSettings>): void
}

/** Finding OBS: where, with which password; and what came of it, in one sentence. */
export function ObsConnectionForm({ status, obs, onChange }: ObsConnectionFormProps) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState<string | null>(null)
  const desktop = desktopBridge()
  const [busy, submit] = useSentForm(connect)
  if (!desktop) return null
  const { state, failure } = status
  const isOn = state === 'connected' || state === 'connecting'

  /** Where OBS is not running yet, the password stands there for the next attempt. */
  async function connect(data: FormData): Promise<boolean> {
    const password = String(data.get('password') ?? '')
    // Left empty, the password that is kept is used.
    const answer = await desktop?.call('obs.connect', password === '' ? {} : { password })
    setProblem(!answer || answer.ok ? null : answer.msg)
    return answer?.ok === true && answer.value.state === 'connected'
  }

  return (
    <form className="flex flex-col gap-3" onSubmit={submit}>
      <p role="status" className="flex items-center gap-2 text-sm">
        <span
          aria-hidden="true"
          className={`size-2 flex-none rounded-full ${state === 'connected' ? 'bg-success' : 'bg-base-content/30'}`}
        />
        {state === 'connected'
          ? t('desktop.obsConnected', { obs: status.obsVersion, scene: status.currentScene })
          : t(`desktop.obs-${state}`)}
      </p>
      {failure && <Notice tone="error">{status.msg}</Notice>}
      {problem && <Notice tone="error">{problem}</Notice>}
      {/* They stay while it is tried: what was typed is still there where it fails. */}
      {state !== 'connected' && (
        <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          <TextField
            label={t('desktop.obsHost')}
            value={obs.host}
            maxLength={253}
            onChange={host => host !== '' && onChange({ host })}
          />
          <NumberField
            label={t('desktop.obsPort')}
            value={obs.port}
            bounds={PORTS}
            wrong={t('desktop.portWrong')}
            onChange={port => onChange({ port })}
          />
          <Field
            label={t('desktop.obsPassword')}
            hint={status.hasPassword ? t('desktop.obsPasswordKept') : t('share.passwordHint')}
          >
            {control => (
              <input
                {...control}
                name="password"
                type="password"
                autoComplete="off"
                maxLength={500}
                className="input input-sm w-full"
              />
            )}
          </Field>
        </div>
      )}
      {status.passwordNotKept && <Notice tone="warning">{t('desktop.obsPasswordNotKept')}</Notice>}
      <div className="flex flex-wrap gap-2">
        {isOn ? (
          <button type="button" className="btn btn-sm" onClick={() => void desktop.call('obs.disconnect')}>
            {t('desktop.obsDisconnect')}
          </button>
        ) : (
          <button type="submit" className="btn btn-primary btn-sm" aria-busy={busy}>
            {t('desktop.obsConnect')}
          </button>
        )}
        {status.hasPassword && (
          <button
            type="button"
            className="btn btn-ghost btn-sm"
            onClick={() => void desktop.call('obs.forgetPassword')}
          >
            {t('desktop.obsForget')}
          </button>
        )}
      </div>
    </form>
  )
}
