import { app } from 'electron'

/**
 * The file that starts this app the next time too. An AppImage and the portable Windows build are unpacked to a folder that goes away
 * with this run; both name their own file in the environment.
 */
export function executable(): string {
  const { APPIMAGE, PORTABLE_EXECUTABLE_FILE } = process.env
  return APPIMAGE || PORTABLE_EXECUTABLE_FILE || app.getPath('exe')
}
