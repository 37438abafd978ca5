import { useTranslation } from 'react-i18next'
import { PLACES, type Place } from '../../../shared/events.ts'

/**
 * @returns what to call a player by what `playerName` has for it: one that nobody named goes by its place, which has a
 * word in each language.
 */
export function usePlayerWords(): (name: string) => string {
  const { t } = useTranslation()
  return name => (isPlace(name) ? t(`players.${name}`) : name)
}

function isPlace(name: string): name is Place {
  return (PLACES as readonly string[]).includes(name)
}
