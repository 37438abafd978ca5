import { useTranslation } from 'react-i18next'
import { Notice } from '../ui/notice.tsx'
import { TwoStepButton } from '../ui/two-step-button.tsx'
import { useFailureWords } from '../ui/use-failure-words.ts'
import type { PresetEditorModel } from './use-preset-editor.ts'

interface EditorFootProps {
  model: Pick<
    PresetEditorModel<object>,
    'id' | 'failure' | 'meanwhile' | 'saved' | 'saving' | 'remove' | 'takeTheirs'
  >
  /** False: something must be mended before it can be saved. */
  ready?: boolean
  onClose(): void
}

/** The end of each editor: what went wrong, save, close, delete. */
export function EditorFoot({ model, ready = true, onClose }: EditorFootProps) {
  const { t } = useTranslation()
  const say = useFailureWords()
  return (
    <>
      {model.meanwhile === 'changed' && (
        <Notice
          tone="warning"
          action={
            <button type="button" className="btn btn-sm" onClick={model.takeTheirs}>
              {t('look.keepTheirs')}
            </button>
          }
        >
          {t('common.changedMeanwhile')}
        </Notice>
      )}
      {model.meanwhile === 'deleted' && <Notice tone="warning">{t('common.deletedMeanwhile')}</Notice>}
      {model.failure && <Notice tone="error">{say(model.failure)}</Notice>}
      <div className="flex items-center gap-2">
        <button type="submit" className="btn btn-primary btn-sm" disabled={!ready} aria-busy={model.saving}>
          {model.saved ? t('common.saved') : t('common.save')}
        </button>
        <button type="button" className="btn btn-ghost btn-sm" onClick={onClose}>
          {t('common.close')}
        </button>
        <span className="flex-1" />
        {model.id !== null && model.meanwhile !== 'deleted' && (
          <TwoStepButton
            label={t('common.delete')}
            question={t('common.deleteSure')}
            onConfirm={() => void model.remove()}
          />
        )}
      </div>
    </>
  )
}
