import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShortcutStatus } from '../../../../preload/bridge.ts'
import type { ActionName } from '../../../../preload/desktop-settings.ts'
import { showAccelerator, toAccelerator } from '../../lib/accelerator.ts'
import { desktopBridge } from '../../lib/bridge.ts'
import { isComposing, keyName } from '../../lib/keys.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { useHotkeyField } from '../../lib/use-hotkey-field.ts'
import { Field } from '../../ui/field.tsx'
import { Group } from '../../ui/group.tsx'

/** Typed by hand from the preload's list: its schemas would bring zod's tables along. */
const ACTIONS = [
  'overlay.toggle',
  'overlay.clickThrough',
  'overlay.edit',
  'overlay.reset',
  'overlay.streamerOnly',
  'line.next',
  'line.clear',
  'quick.open',
  'controller.open',
] as const satisfies readonly ActionName[]

const isMac = /Mac/.test(navigator.userAgent)

/** The keys that work over a game; a conflict is named beside its field. */
export function HotkeysGroup() {
  const { t } = useTranslation()
  const shortcuts = useBridgeValue('shortcuts.list', 'shortcuts')
  if (!shortcuts) return null
  return (
    <Group title={t('desktop.hotkeys')} hint={t('desktop.hotkeysHint')}>
      <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {ACTIONS.map(action => {
          const status = shortcuts.find(one => one.action === action)
          return status && <Hotkey key={action} action={action} status={status} />
        })}
      </div>
    </Group>
  )
}

function Hotkey({ action, status }: { action: ActionName; status: ShortcutStatus }) {
  const { t } = useTranslation()
  const hotkeyField = useHotkeyField()

  function problem(): string | null {
    if (status.state === 'taken') return t('desktop.taken')
    if (status.state === 'invalid') return t('desktop.invalid')
    if (status.state !== 'duplicate') return null
    const other = ACTIONS.find(name => name === status.by)
    return t('desktop.duplicate', { name: other ? t(`desktop.${other}`) : t('desktop.phraseKey') })
  }
  function press(event: KeyboardEvent): void {
    if (event.key === 'Tab' || event.key === 'Escape') return
    event.preventDefault()
    // An input method's keys have no names, and a key that is held down is one press.
    if (isComposing(event.nativeEvent) || event.repeat) return
    const name = keyName(event.nativeEvent)
    if (!name) return
    const clears = name === 'Backspace' || name === 'Delete'
    void desktopBridge()?.call('shortcuts.set', { action, accelerator: clears ? '' : toAccelerator(name) })
  }

  return (
    <Field label={t(`desktop.${action}`)} error={problem()}>
      {control => (
        <input
          {...control}
          className="input input-sm w-full"
          readOnly
          value={showAccelerator(status.accelerator, isMac)}
          onKeyDown={press}
          {...hotkeyField}
        />
      )}
    </Field>
  )
}
