import type { FormEvent } from 'react'
import { useOnce } from './use-once.ts'

const textOf = (data: FormData) => JSON.stringify([...data])

/**
 * A form whose fields the browser keeps. It is sent once, however often Enter is pressed meanwhile, and emptied when it was
 * taken; what was typed into it since stays.
 * @param send resolves with whether it was taken
 * @returns whether it is on its way, and what the form does when it is submitted
 */
export function useSentForm(
  send: (data: FormData) => Promise<boolean>,
): [boolean, (event: FormEvent<HTMLFormElement>) => void] {
  const [busy, once] = useOnce()
  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = event.currentTarget
    void once(async () => {
      const data = new FormData(form)
      if ((await send(data)) && textOf(new FormData(form)) === textOf(data)) form.reset()
    })
  }
  return [busy, submit]
}
