/**
 * @module
 * listen: an event listener that never throws into the page.
 */

export type OnError = (error: unknown) => void;

/** `work`, whose failures go to `onError`. */
export function guarded<A extends unknown[]>(
  onError: OnError,
  work: (...given: A) => void,
): (...given: A) => void {
  return (...given) => {
    try {
      work(...given);
    } catch (error) {
      onError(error);
    }
  };
}

/** Listens first, and keeps the page's own scrolling free. @returns what ends it. */
export function listen(
  target: EventTarget,
  types: readonly string[],
  onError: OnError,
  listener: (event: Event) => void,
): () => void {
  const safe = guarded(onError, listener);
  // Capture: the page's own listeners may stop an event on its way.
  const options = { capture: true, passive: true };
  for (const type of types) target.addEventListener(type, safe, options);
  return () => {
    for (const type of types) target.removeEventListener(type, safe, options);
  };
}
