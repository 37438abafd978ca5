import { createContext, useContext } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { Desk } from './desk.ts'
import type { PreferenceStore, Preferences } from './preferences.ts'
import type { Session, SessionState } from './session.ts'

const SessionContext = createContext<Session | null>(null)
const PreferencesContext = createContext<PreferenceStore | null>(null)
const DeskContext = createContext<Desk | null>(null)

export const SessionProvider = SessionContext.Provider
export const PreferencesProvider = PreferencesContext.Provider
export const DeskProvider = DeskContext.Provider

function required<Value>(value: Value | null, name: string): Value {
  if (value === null) throw new Error(`${name} is used outside its provider`)
  return value
}

/** @throws outside a `SessionProvider`; so do the other hooks of this file outside theirs */
export const useSession = (): Session => required(useContext(SessionContext), 'useSession')
export const useDesk = (): Desk => required(useContext(DeskContext), 'useDesk')

export function useSessionState<Part>(select: (state: SessionState) => Part): Part {
  return useStore(useSession().store, select)
}

/** The preferences, and what changes some of them. */
export function usePreferences(): [Preferences, PreferenceStore['set']] {
  const preferences = required(useContext(PreferencesContext), 'usePreferences')
  return [useStore(preferences.store), preferences.set]
}

/** One part of one of the desk's stores. */
export function useDeskStore<State, Part>(
  pick: (desk: Desk) => StoreApi<State>,
  select: (state: State) => Part,
): Part {
  return useStore(pick(useDesk()), select)
}
