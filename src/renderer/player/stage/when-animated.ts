/**
 * Calls `done` when the animation that the element has just been given is over: at once where it has none, because Custom CSS
 * took it or the element is not drawn.
 */
export function whenAnimated(element: Element, done: () => void): void {
  if (!element.getAnimations().some(animation => animation instanceof CSSAnimation)) {
    done()
    return
  }
  const listener = (event: Event) => {
    if (event.target === element) done()
  }
  element.addEventListener('animationend', listener)
  element.addEventListener('animationcancel', listener)
}
