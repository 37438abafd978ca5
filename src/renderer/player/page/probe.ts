/**
 * The loader file looks for the server by opening this page in a frame (`?probe`), where a browser lets it not fetch:
 * the page says that it is here and opens no stream.
 */
export function answerProbe(page: Window): boolean {
  if (page.parent === page || !new URLSearchParams(page.location.search).has('probe')) return false
  // It says nothing that a stranger could not know by the port being open.
  page.parent.postMessage('streaming-message', '*')
  return true
}
