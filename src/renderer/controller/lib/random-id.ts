const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/**
 * A random id of letters and digits. From `getRandomValues`, because `randomUUID` is missing on LAN addresses.
 * @param length characters; 20 are 103 bits.
 */
export function randomId(length = 20): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  return Array.from(bytes, byte => ALPHABET[byte % ALPHABET.length]).join('')
}
