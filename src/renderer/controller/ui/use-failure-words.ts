import { useTranslation } from 'react-i18next'
import type { Failure } from '../api/request.ts'

/** Says a failure in the user's language. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation()
  return ({ reason, message, status }) => t(`failures.${reason}`, { message, status })
}
