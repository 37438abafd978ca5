import { useCallback, useMemo } from 'react'
import { listThemes } from '../../api/themes.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { readColour } from '../../lib/colour.ts'
import { useLoaded } from '../../lib/use-loaded.ts'

/** Tokens that colour what the text stands on, or its outline where there is no box; the first that a theme has. */
const GROUNDS = ['box-top', 'box', 'fill', 'screen', 'plate', 'tint', 'outline-color']

/** What letters stand on in the room's theme, `#rrggbb`; null while unknown. */
export function useBoxColour(): string | null {
  const { request } = useDesk()
  const look = useDeskStore(
    d => d.room.store,
    s => s.settings.look,
  )
  const { value: themes } = useLoaded(useCallback(() => listThemes(request), [request]))
  return useMemo(() => {
    const manifest = themes?.find(theme => theme.manifest.id === look.theme)?.manifest
    const token = GROUNDS.flatMap(
      name => manifest?.tokens.find(other => other.name === name && other.kind === 'colour') ?? [],
    )[0]
    const context = document.createElement('canvas').getContext('2d')
    if (!manifest || !token || !context) return null
    const variant = manifest.variants.find(({ id }) => id === look.variant) ?? manifest.variants[0]
    const css = look.tokens[token.name] ?? variant?.values[token.name] ?? token.default
    return readColour(String(css), context)?.hex ?? null
  }, [themes, look])
}
