import { useMemo } from 'react'
import { type AccountsApi, accountsApi } from '../../api/accounts.ts'
import { useSession } from '../../desk/context.ts'

export function useAccounts(): AccountsApi {
  const { request } = useSession()
  return useMemo(() => accountsApi(request), [request])
}
