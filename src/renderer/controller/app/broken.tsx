import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/copy-button.tsx'
import { Notice } from '../ui/notice.tsx'

interface MendedProps {
  /** What is shown: another one is worth another try. */
  of: string
  children: ReactNode
}

interface MendedState {
  of: string
  error: unknown
}

/** React takes everything away where a part throws: this keeps the rest, and says what happened and how to go on. */
export class KeepTheRest extends Component<MendedProps, MendedState> {
  override state: MendedState = { of: this.props.of, error: null }

  static getDerivedStateFromError(error: unknown): Partial<MendedState> {
    return { error: error ?? new Error('unknown') }
  }

  static getDerivedStateFromProps({ of }: MendedProps, state: MendedState): MendedState | null {
    return of === state.of ? null : { of, error: null }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return <Broken error={error} onRetry={() => this.setState({ error: null })} />
  }
}

function Broken({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { t } = useTranslation()
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error)
  return (
    <div className="mx-auto max-w-2xl p-3">
      <Notice
        tone="error"
        action={
          <>
            <CopyButton text={text} what={t('common.brokenText')} />
            <button type="button" className="btn btn-sm" onClick={() => location.reload()}>
              {t('common.loadAgain')}
            </button>
            <button type="button" className="btn btn-sm btn-primary" onClick={onRetry}>
              {t('common.retry')}
            </button>
          </>
        }
      >
        <p>{t('common.broken')}</p>
        <p className="text-quiet">{String(error)}</p>
      </Notice>
    </div>
  )
}
