import type { Asset } from '../../../shared/asset.ts'
import { gone } from './gone.ts'
import { pick } from './pick.ts'
import type { Request, Result } from './request.ts'

export const uploadAsset = (request: Request, file: File): Promise<Result<{ asset: Asset }>> =>
  request(`/api/v1/assets?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    headers: { 'Content-Type': 'application/octet-stream' },
  })

/** Newest first. */
export const listAssets = (request: Request): Promise<Result<Asset[]>> =>
  pick(request<{ assets: Asset[] }>('/api/v1/assets'), 'assets')

export const deleteAsset = (request: Request, id: string): Promise<Result<unknown>> =>
  gone(request(`/api/v1/assets/${id}`, { method: 'DELETE' }))
