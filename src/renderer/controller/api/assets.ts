import type { Asset } from '../../../shared/asset.ts'
import type { Request, Result } from './request.ts'

export const uploadAsset = (request: Request, file: File): Promise<Result<{ asset: Asset }>> =>
  request(`/api/v1/assets?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    headers: { 'Content-Type': 'application/octet-stream' },
  })
