import { messageBytes } from '../../../shared/message.ts'
import { ApiError } from '../errors.ts'

/** @throws ApiError `too-large` for a text beyond the server's own limit; the contract's has been checked before. */
export function checkMessageSize(data: { message?: unknown; messages?: unknown }, limit: number): void {
  if (messageBytes(data) > limit) {
    throw new ApiError(
      'too-large',
      `body.data.message: the text is longer than ${limit} bytes, the most that MAX_MESSAGE_BYTES allows`,
    )
  }
}
