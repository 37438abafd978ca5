import type { ThemeFile, ThemeSummary } from '../../../shared/theme.ts'
import { pick } from './pick.ts'
import type { Request, Result } from './request.ts'

const ROUTE = '/api/v1/themes'

export const listThemes = (request: Request): Promise<Result<ThemeSummary[]>> =>
  pick(request<{ themes: ThemeSummary[] }>(ROUTE), 'themes')

export const exportTheme = (request: Request, id: string): Promise<Result<ThemeFile>> =>
  request(`${ROUTE}/${id}/export`)

/** @param file as it was read: the server checks it whole before anything is kept. */
export const importTheme = (request: Request, file: unknown): Promise<Result<{ id: string }>> =>
  request(`${ROUTE}/import`, { method: 'POST', body: file })

export const deleteTheme = (request: Request, id: string): Promise<Result<unknown>> =>
  request(`${ROUTE}/${id}`, { method: 'DELETE' })
