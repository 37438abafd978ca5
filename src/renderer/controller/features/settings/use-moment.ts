import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Says a moment (epoch milliseconds) in the user's language. */
export function useMoment(): (time: number) => string {
  const { i18n } = useTranslation()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
    return time => format.format(time)
  }, [i18n.language])
}
