/**
 * Id of the data block in the player's page that holds the events with which its room's stream would begin: `hello` with the
 * snapshot, and what introduces the room. The page shows them with its first frame and resumes the stream from `hello.last`.
 */
export const FIRST_EVENTS_ID = 'first-events'
