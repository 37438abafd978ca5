import { useTranslation } from 'react-i18next'
import type { ThemeManifest, ThemeSummary } from '../../../../shared/theme.ts'
import { useThemeLabel } from '../../ui/use-theme-label.ts'
import { useSettings, wearing } from './use-settings.ts'

/** The first few colours of a variant: enough to tell it from the others. */
function swatches(manifest: ThemeManifest, variant: ThemeManifest['variants'][number] | undefined): string[] {
  return manifest.tokens
    .filter(token => token.kind === 'colour')
    .map(token => String(variant?.values[token.name] ?? token.default))
    .slice(0, 4)
}

/** Themes, and the variants of the one that is worn. */
export function ThemePicker({ themes }: { themes: ThemeSummary[] }) {
  const { t } = useTranslation()
  const [{ look }, change] = useSettings()
  const label = useThemeLabel()
  const worn = themes.find(({ manifest }) => manifest.id === look.theme)?.manifest

  return (
    <>
      <fieldset>
        <legend className="sr-only">{t('look.theme')}</legend>
        <div className="grid grid-cols-2 gap-2 sm:grid-cols-4">
          {themes.map(({ manifest }) => (
            <button
              key={manifest.id}
              type="button"
              aria-pressed={manifest.id === look.theme}
              className="flex h-16 flex-col justify-between rounded-box border border-line p-2 text-left hover:border-base-content/40 aria-pressed:border-primary aria-pressed:bg-primary/8"
              onClick={() => manifest.id !== look.theme && change({ look: wearing(manifest.id) })}
            >
              <span className="max-w-full truncate font-medium text-sm">{label(manifest.name)}</span>
              <Swatches colours={swatches(manifest, manifest.variants[0])} />
            </button>
          ))}
        </div>
      </fieldset>
      {worn && worn.variants.length > 1 && (
        <fieldset>
          <legend className="mb-1 font-medium text-sm">{t('look.variant')}</legend>
          <div className="flex flex-wrap gap-1">
            {worn.variants.map((variant, index) => {
              const chosen = look.variant === variant.id || (look.variant === '' && index === 0)
              return (
                <button
                  key={variant.id}
                  type="button"
                  aria-pressed={chosen}
                  className="btn btn-sm gap-2 aria-pressed:border-primary aria-pressed:text-primary"
                  onClick={() => change({ look: { variant: variant.id } })}
                >
                  <Swatches colours={swatches(worn, variant)} />
                  {label(variant.label)}
                </button>
              )
            })}
          </div>
        </fieldset>
      )}
    </>
  )
}

function Swatches({ colours }: { colours: string[] }) {
  return (
    <span className="flex" aria-hidden="true">
      {colours.map((colour, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: two of a theme's colours may be the same
          key={index}
          className="-ml-1 size-4 rounded-full border border-line first:ml-0"
          style={{ background: colour }}
        />
      ))}
    </span>
  )
}
