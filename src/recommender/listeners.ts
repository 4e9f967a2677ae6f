/**
 * @module
 * Listeners: who wants to hear of what. What a listener throws stays its own: it is reported the
 * way the browser reports any uncaught error, and reaches nobody else.
 */
import { SottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import type { LearnReport } from '../worker/api.ts';

export interface UpdateEvent {
  /** What happened that makes earlier lists stale. */
  reason: 'ready' | 'learned' | 'forgotten' | 'consent';
  /** With 'ready' and 'learned': what was learned. */
  report?: LearnReport;
}

export interface EventMap {
  /** Lists are stale: ask again. */
  update: UpdateEvent;
  /** An event was accepted. It is not durable yet; `flush` tells. */
  event: FeedbackEvent;
  /** Something went wrong that no call is there to be rejected for. */
  error: SottoError;
}

export type Listener<T extends keyof EventMap> = (event: EventMap[T]) => void;

export class Listeners {
  readonly #listeners = new Map<keyof EventMap, Set<(event: never) => void>>();
  readonly #warned = new Set<string>();

  /** @returns what ends it. */
  on<T extends keyof EventMap>(type: T, listener: Listener<T>): () => void {
    if (!['update', 'event', 'error'].includes(type) || typeof listener !== 'function') {
      throw new SottoError(
        'invalid-argument',
        `on() takes 'update', 'event' or 'error' and a function but got ${type}`,
      );
    }
    // Its own function, so that a listener given twice is two and each ends by itself.
    const one = (event: EventMap[T]) => listener(event);
    const all = this.#of(type).add(one);
    return () => void all.delete(one);
  }

  emit<T extends keyof EventMap>(type: T, event: EventMap[T]): void {
    for (const listener of [...this.#of(type)]) {
      try {
        (listener as Listener<T>)(event);
      } catch (error) {
        reportError(error);
      }
    }
  }

  /** Without a listener: one line on the console for each code. */
  fail(error: SottoError): void {
    this.emit('error', error);
    if (this.#of('error').size || this.#warned.has(error.code)) return;
    this.#warned.add(error.code);
    console.warn(`[sotto] ${error.code}: ${error.message}`);
  }

  clear(): void {
    this.#listeners.clear();
  }

  #of(type: keyof EventMap): Set<(event: never) => void> {
    let all = this.#listeners.get(type);
    if (!all) this.#listeners.set(type, (all = new Set()));
    return all;
  }
}
