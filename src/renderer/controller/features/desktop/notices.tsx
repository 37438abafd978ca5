import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { desktopBridge } from '../../lib/bridge.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** What the app has to say of itself: a port that was taken, settings that could not be read. */
export function DesktopNotices() {
  const { t } = useTranslation()
  const notices = useBridgeValue('notices.list', 'notices')
  if (!notices || notices.length === 0) return null
  return (
    <div className="flex max-h-40 flex-none flex-col gap-1 overflow-y-auto border-line border-b p-2">
      {notices.map(({ id, level, msg }) => (
        <Notice
          key={id}
          tone={level}
          action={
            <IconButton
              icon={X}
              label={t('common.close')}
              onClick={() => void desktopBridge()?.call('notices.dismiss', { id })}
            />
          }
        >
          {msg}
        </Notice>
      ))}
    </div>
  )
}
