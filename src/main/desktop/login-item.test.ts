import { expect, it } from 'vitest'
import { desktopEntry } from './login-item-entry.ts'

it('quotes a path with a space, a dollar sign and a percent sign as the specification says', () => {
  const entry = desktopEntry('/home/a b/$x/100%/App.AppImage')
  expect(entry).toContain('Exec="/home/a b/\\$x/100%%/App.AppImage" --hidden')
})
