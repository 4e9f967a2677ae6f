/**
 * @module
 * coalesce: many wishes, few runs. One run at a time and at most one waiting, which serves everyone
 * who asked since the current one began.
 */

/** @returns a function that resolves once a run that began after the call has ended. */
export function coalesce(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const start = (): Promise<void> => {
    next = null;
    running = run().finally(() => {
      // With one waiting, whoever calls before that has begun must wait for it too.
      if (!next) running = null;
    });
    return running;
  };
  return () => {
    if (!running) return start();
    return (next ??= running.then(start, start));
  };
}
