import { RotateCcw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ThemeManifest, ThemeToken } from '../../../../shared/theme.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useThemeLabel } from '../../ui/use-theme-label.ts'
import { TokenControl } from './token-control.tsx'
import { useSettings } from './use-settings.ts'

/** The tokens of the theme, as its manifest lists them: each with the theme's own value or the room's. */
export function TokenEditor({ manifest }: { manifest: ThemeManifest }) {
  const { t } = useTranslation()
  const [{ look }, change] = useSettings()
  const label = useThemeLabel()
  const variant = manifest.variants.find(({ id }) => id === look.variant) ?? manifest.variants[0]
  const changed = Object.keys(look.tokens).length

  const themeValue = (token: ThemeToken) => String(variant?.values[token.name] ?? token.default)
  function set(name: string, value: string | null): void {
    const { [name]: _, ...others } = look.tokens
    change({ look: { tokens: value === null ? others : { ...others, [name]: value } } })
  }

  return (
    <details className="group">
      <summary className="flex cursor-pointer items-center gap-2 rounded-field font-medium text-sm">
        <span className="transition-transform group-open:rotate-90" aria-hidden="true">
          ›
        </span>
        {t('look.tokens')}
        {changed > 0 && <span className="badge badge-sm badge-primary">{changed}</span>}
      </summary>
      <div className="mt-3 grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {manifest.tokens.map(token => (
          <div key={token.name} className="flex items-end gap-1">
            <div className="min-w-0 flex-1">
              <TokenControl
                token={token}
                label={label(token.label)}
                value={look.tokens[token.name] ?? themeValue(token)}
                onChange={value => set(token.name, value)}
              />
            </div>
            <IconButton
              icon={RotateCcw}
              label={t('common.named', { what: t('look.reset'), name: label(token.label) })}
              disabled={look.tokens[token.name] === undefined}
              onClick={() => set(token.name, null)}
            />
          </div>
        ))}
      </div>
      {changed > 0 && (
        <button type="button" className="btn btn-sm mt-3" onClick={() => change({ look: { tokens: {} } })}>
          {t('look.reset')}
        </button>
      )}
    </details>
  )
}
