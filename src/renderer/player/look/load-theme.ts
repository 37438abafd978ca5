import type { PlayerTheme } from '../../../shared/theme.ts'

/** Asks the server for a theme that does not come with the app. @returns null where there is none of this id. */
export async function loadTheme(id: string): Promise<PlayerTheme | null> {
  const response = await fetch(`/api/v1/themes/${encodeURIComponent(id)}/player`)
  if (response.status === 404) return null
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return (await response.json()) as PlayerTheme
}
