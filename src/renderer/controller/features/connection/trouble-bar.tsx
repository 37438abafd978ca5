import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** Says why what was just pressed did not happen, where no field stands beside it. */
export function TroubleBar() {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const trouble = useDeskStore(
    d => d.trouble,
    s => s.trouble,
  )
  if (!trouble) return null
  return (
    <div className="flex-none border-line border-b p-2">
      <Notice
        tone="error"
        action={
          <IconButton
            icon={X}
            label={t('common.close')}
            onClick={() => desk.trouble.setState({ trouble: null })}
          />
        }
      >
        {trouble === 'outbox-full' ? t('live.notTaken') : t('live.notDone', { why: say(trouble) })}
      </Notice>
    </div>
  )
}
