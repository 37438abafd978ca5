/**
 * "Streamer only": the overlay is for the streamer's eyes and must not be in the recording of the screen. Windows (10, version
 * 2004 on) and macOS leave a protected window out of captures. Linux has no such thing: there the overlay is hidden
 * altogether while the switch is on, which keeps the promise.
 */
export function canHideFromCapture(platform: NodeJS.Platform): boolean {
  return platform === 'win32' || platform === 'darwin'
}
