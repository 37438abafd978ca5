import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { AudienceGroup } from './audience-group.tsx'
import { BacklogGroup } from './backlog-group.tsx'
import { QueueGroup } from './queue-group.tsx'
import { SoundGroup } from './sound-group.tsx'
import { ThemeGroup } from './theme-group.tsx'
import { TypingGroup } from './typing-group.tsx'

/** The room's settings beside the live preview: what is changed here, players show at once. */
export function LookPage({ preview }: { preview: ReactNode }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const { room, saving, problem, conflict } = useDeskStore(
    d => d.room.store,
    s => s,
  )
  const mayChange = room === null || room.may.includes('manage')
  return (
    <Page
      title={t('live.look')}
      actions={
        <p role="status" className="text-quiet text-sm">
          {saving ? t('look.saving') : !problem && !conflict && t('look.saved')}
        </p>
      }
    >
      <div className="flex flex-col gap-6 lg:flex-row-reverse lg:items-start">
        <div className="sticky -top-4 z-10 -mt-4 flex flex-col gap-2 bg-base-100 py-4 lg:w-[26rem] lg:flex-none">
          {preview}
          {problem && <Notice tone="error">{say(problem)}</Notice>}
          {!mayChange && <Notice>{t('look.mayNot')}</Notice>}
          {conflict && (
            <Notice
              tone="warning"
              action={
                <>
                  <button
                    type="button"
                    className="btn btn-sm"
                    onClick={() => desk.room.resolveConflict('theirs')}
                  >
                    {t('look.keepTheirs')}
                  </button>
                  <button
                    type="button"
                    className="btn btn-primary btn-sm"
                    onClick={() => desk.room.resolveConflict('mine')}
                  >
                    {t('look.useMine')}
                  </button>
                </>
              }
            >
              {t('look.conflict')}
            </Notice>
          )}
        </div>
        <div className="flex min-w-0 flex-1 flex-col gap-6" inert={!mayChange}>
          <ThemeGroup />
          <TypingGroup />
          <QueueGroup />
          <SoundGroup />
          <AudienceGroup />
          <BacklogGroup />
        </div>
      </div>
    </Page>
  )
}
