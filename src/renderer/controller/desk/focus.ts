/** The id of the composer's field, which any part of the app may want focused. */
export const COMPOSER_ID = 'composer-line'

/** @returns null while no desk is open */
export function composerField(): HTMLTextAreaElement | null {
  const field = document.getElementById(COMPOSER_ID)
  return field instanceof HTMLTextAreaElement ? field : null
}

/** Without scrolling: on a phone the page would jump to the field at the foot. */
export function focusComposer(): void {
  composerField()?.focus({ preventScroll: true })
}

/** True where typing belongs to somebody else than the composer. */
export function takesTyping(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false
  return (
    element.isContentEditable ||
    ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName) ||
    element.closest('[role=dialog],[role=listbox],[role=menu]') !== null
  )
}
