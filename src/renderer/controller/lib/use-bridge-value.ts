import { useEffect, useState } from 'react'
import type {
  BridgeEvent,
  BridgeEvents,
  BridgeOutput,
  BridgeResult,
  NamesFor,
} from '../../../preload/bridge.ts'
import { desktopBridge } from './bridge.ts'

/** Bridge calls that take nothing and answer what an event of the bridge tells too. */
type Reader<Event extends BridgeEvent> = {
  [Name in NamesFor<'controller'>]: BridgeOutput<Name> extends BridgeEvents[Event] ? Name : never
}[NamesFor<'controller'>]

/** A value that the app holds, read once and followed from then on. Null until it is there. */
export function useBridgeValue<Event extends BridgeEvent>(
  read: Reader<Event>,
  event: Event,
): BridgeEvents[Event] | null {
  const [value, setValue] = useState<BridgeEvents[Event] | null>(null)
  useEffect(() => {
    const desktop = desktopBridge()
    if (!desktop) return
    let told = false
    const stop = desktop.on(event, detail => {
      told = true
      setValue(detail)
    })
    // The names of `Reader` take no input; the bridge's types cannot say so of a name that is not known here.
    const call = desktop.call as (name: Reader<Event>) => Promise<BridgeResult<BridgeEvents[Event]>>
    void call(read).then(answer => answer.ok && !told && setValue(answer.value))
    return stop
  }, [read, event])
  return value
}
