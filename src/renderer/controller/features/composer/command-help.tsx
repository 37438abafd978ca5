import { useTranslation } from 'react-i18next'
import { COMMANDS } from './commands.ts'

/** What can be typed with a slash. */
export function CommandHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  return (
    <section
      aria-label={t('live.commandHelp')}
      className="mb-2 rounded-box border border-line bg-base-100 p-3 text-sm"
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        {COMMANDS.map(({ name, argument }) => (
          <div key={name} className="contents">
            <dt className="font-mono text-xs leading-5">
              /{name}
              {argument && <span className="text-quiet"> {t(`compose.argument-${argument}`)}</span>}
            </dt>
            <dd className="text-quiet">{t(`compose.help-${name}`)}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-2 flex items-center gap-2">
        <p className="min-w-0 flex-1 text-quiet text-xs">{t('compose.literalSlash')}</p>
        <button type="button" className="btn btn-sm" onClick={onClose}>
          {t('common.close')}
        </button>
      </div>
    </section>
  )
}
