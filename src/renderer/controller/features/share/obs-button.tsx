import { Video } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk } from '../../desk/context.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { useOnce } from '../../lib/use-once.ts'
import { useSentForm } from '../../lib/use-sent-form.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Note {
  tone: 'info' | 'error'
  text: string
}

/** One press puts the player into OBS's current scene; in the desktop app only, which talks to OBS. */
export function ObsButton() {
  const { t } = useTranslation()
  const { roomId } = useDesk()
  const [note, setNote] = useState<Note | null>(null)
  const [asksPassword, setAsksPassword] = useState(false)
  const [busy, once] = useOnce()
  const [connecting, submit] = useSentForm(data => add(String(data.get('password'))))
  const desktop = desktopBridge()
  if (!desktop) return null

  /** @returns whether OBS let us in. */
  async function add(password?: string): Promise<boolean> {
    if (!desktop) return false
    setNote(null)
    const connected = await desktop.call('obs.connect', password ? { password } : {})
    if (!connected.ok || connected.value.state !== 'connected') {
      const failure = connected.ok ? connected.value.failure : connected.code
      setAsksPassword(failure === 'password-needed' || failure === 'wrong-password')
      setNote({ tone: 'error', text: connected.ok ? connected.value.msg : connected.msg })
      return false
    }
    setAsksPassword(false)
    const scene = connected.value.currentScene
    const put = await desktop.call('obs.putSource', { scene, room: roomId })
    if (!put.ok) setNote({ tone: 'error', text: put.msg })
    else {
      const { created, name } = put.value
      setNote({
        tone: 'info',
        text: created ? t('share.added', { name, scene }) : t('share.updated', { name }),
      })
    }
    return true
  }

  return (
    <div className="flex flex-col gap-2">
      <button
        type="button"
        className="btn btn-primary btn-sm self-start"
        disabled={busy}
        onClick={() => void once(async () => void (await add()))}
      >
        {busy ? (
          <span className="loading loading-spinner loading-xs" aria-hidden="true" />
        ) : (
          <Video className="icon" aria-hidden="true" />
        )}
        {t('share.add')}
      </button>
      {note && <Notice tone={note.tone}>{note.text}</Notice>}
      {asksPassword && (
        <form className="flex max-w-80 flex-col gap-2" onSubmit={submit}>
          <Field label={t('share.password')} hint={t('share.passwordHint')}>
            {control => (
              <input
                {...control}
                name="password"
                type="password"
                autoComplete="off"
                className="input input-sm w-full"
              />
            )}
          </Field>
          <button type="submit" className="btn btn-sm self-start" aria-busy={connecting}>
            {t('share.connect')}
          </button>
        </form>
      )}
    </div>
  )
}
