import { useTranslation } from 'react-i18next'
import { COMMANDS } from './commands.ts'
import { ComposerPanel } from './panels/panel.tsx'

/** What can be typed with a slash. */
export function CommandHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  return (
    <ComposerPanel title={t('live.commandHelp')} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
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
      <p className="mt-2 text-quiet text-xs">{t('compose.literalSlash')}</p>
    </ComposerPanel>
  )
}
