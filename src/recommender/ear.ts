/**
 * @module
 * Ear: where all goes that a page's watchers see.
 */
import type { TrackedEvent } from '../events.ts';
import type { OnError } from '../tracker/guard.ts';

export interface Ear {
  hear: (event: TrackedEvent) => void;
  onError: OnError;
  /** Aborted once nobody listens any more. */
  signal: AbortSignal;
}
