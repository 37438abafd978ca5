import type { ThemeFile, ThemeManifest, ThemeSummary } from '../../../shared/theme.ts'
import { gone } from './gone.ts'
import { pick } from './pick.ts'
import type { Request, Result } from './request.ts'

const ROUTE = '/api/v1/themes'

export const listThemes = (request: Request): Promise<Result<ThemeSummary[]>> =>
  pick(request<{ themes: ThemeSummary[] }>(ROUTE), 'themes')

export const exportTheme = (request: Request, id: string): Promise<Result<ThemeFile>> =>
  request(`${ROUTE}/${id}/export`)

/**
 * @param file as it was read: the server checks it whole before anything is kept.
 * @returns with what of it was left out, in English
 */
export const importTheme = (
  request: Request,
  file: unknown,
): Promise<Result<{ theme: { manifest: ThemeManifest }; problems: string[] }>> =>
  request(`${ROUTE}/import`, { method: 'POST', body: file })

export const deleteTheme = (request: Request, id: string): Promise<Result<unknown>> =>
  gone(request(`${ROUTE}/${id}`, { method: 'DELETE' }))
