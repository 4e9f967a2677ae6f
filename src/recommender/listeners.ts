/**
 * @module
 * createListeners: who wants to hear of what. What a listener throws stays its own: it is reported
 * the way the browser reports any uncaught error, and reaches nobody else.
 */
import { SottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import { guarded } from '../tracker/guard.ts';
import type { LearnReport } from '../worker/api.ts';

export interface UpdateEvent {
  /** What happened that makes earlier lists stale. */
  reason: 'ready' | 'learned' | 'refined' | 'forgotten' | 'consent' | 'model';
  /** What was learned, where something was. */
  report?: LearnReport | undefined;
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

export interface Listeners {
  /** @returns what ends it. */
  on: <T extends keyof EventMap>(type: T, listener: Listener<T>) => () => void;
  emit: <T extends keyof EventMap>(type: T, event: EventMap[T]) => void;
  /** Emits an 'error'; without a listener, one line on the console for each code. */
  fail: (error: SottoError) => void;
  /** One line on the console, the same line once. */
  hint: (message: string) => void;
}

export function createListeners(): Listeners {
  const all: { [T in keyof EventMap]: Set<Listener<T>> } = {
    update: new Set(),
    event: new Set(),
    error: new Set(),
  };
  const warned = new Set<string>();
  const emit: Listeners['emit'] = (type, event) => {
    for (const listener of [...all[type]]) {
      guarded(reportError, listener)(event);
    }
  };
  const hint = (message: string, key = message) => {
    if (!warned.has(key)) console.warn(`[sotto] ${message}`);
    warned.add(key);
  };
  return {
    hint,
    on(type, listener) {
      if (!Object.hasOwn(all, type)) {
        throw new SottoError(
          'invalid-argument',
          `type must be one of update, event, error but got ${JSON.stringify(type)}`,
        );
      }
      // Its own function, so that a listener given twice is two and each ends by itself.
      const one: typeof listener = (event) => listener(event);
      all[type].add(one);
      return () => void all[type].delete(one);
    },
    emit,
    fail(error) {
      if (!all.error.size) hint(`${error.code}: ${error.message}`, error.code);
      emit('error', error);
    },
  };
}
