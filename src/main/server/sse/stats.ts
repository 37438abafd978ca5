/** What streams have done since the process began. Plain numbers: counting must cost nothing. */
export const streamStats = {
  /** Events handed to a stream, each counted for each stream. */
  delivered: 0,
  /** Events read from the history for streams that came back. */
  replayed: 0,
  /** Streams cut because their client did not read. */
  dropped: 0,
}
