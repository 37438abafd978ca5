/** What two spellings of an emote's name have in common: `:Smile:` and `:smile:` are one emote. */
export function emoteKey(name: string): string {
  return name.normalize('NFC').toLowerCase()
}
