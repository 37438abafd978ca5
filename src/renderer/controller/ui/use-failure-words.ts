import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../api/request.ts'
import { failureWords } from './failure-words.ts'

/** Says a failure in the user's language. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation()
  return useCallback(failure => failureWords(failure, t), [t])
}
