/**
 * The address that OBS turns into a browser source when it is dropped: it reads these three parameters and takes
 * them off (obs-browser, "layer-name", "layer-width", "layer-height").
 */
export function obsDragUrl(player: string, name: string): string {
  const url = new URL(player)
  url.searchParams.set('layer-name', name)
  url.searchParams.set('layer-width', '1920')
  url.searchParams.set('layer-height', '1080')
  return url.href
}
