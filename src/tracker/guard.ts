/**
 * @module
 * listen: an event listener that never throws into the page, and ends by itself.
 */

export type OnError = (error: unknown) => void;

/** What every watcher is given. */
export interface Guard {
  readonly onError: OnError;
  /** Aborted once nobody watches any more. */
  readonly signal: AbortSignal;
}

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

/** Listens first, and keeps the page's own scrolling free. */
export function listen(
  { onError, signal }: Guard,
  target: EventTarget,
  types: readonly string[],
  listener: (event: Event) => void,
): void {
  const safe = guarded(onError, listener);
  for (const type of types) {
    // Capture: the page's own listeners may stop an event on its way.
    target.addEventListener(type, safe, { capture: true, passive: true, signal });
  }
}
