/**
 * @module
 * serveIdly: the worker's script on the page's own thread. What it is asked waits for idle time, and
 * longer work stops for the page again and again, so that the visitor's own doing comes first.
 */
import type { WireError } from '../worker/api.ts';
import type { Pace } from '../worker/breathe.ts';
import type { Seat } from '../worker/client.ts';

/** A page that is never idle is served all the same, after so long. */
const PATIENCE_MS = 200;
/** So long one stretch of work may take before it looks up. */
const SLICE_MS = 8;

/** What the worker's script leaves for a page that imports it. */
type Serve = (wire: MessagePort, pace: Pace) => () => void;
const SERVE = Symbol.for('sotto.serve');

const WARNING: WireError = {
  code: 'worker-unavailable',
  message: 'no worker may start here; lists are made in the page’s idle time',
};

/** @param url - of the worker's script, absolute. */
export function serveIdly(url: string): Seat {
  const { port1: here, port2: there } = new MessageChannel();
  let stop: (() => void) | undefined;
  let isEnded = false;
  const seat: Seat = {
    onmessage: null,
    onerror: null,
    postMessage: (message) => whenIdle(() => here.postMessage(message)),
    terminate() {
      isEnded = true;
      stop?.();
      here.close();
    },
  };
  here.onmessage = (event) => seat.onmessage?.(event);
  import(/* @vite-ignore */ /* webpackIgnore: true */ url)
    .then(() => {
      if (isEnded) return;
      const { [SERVE]: serve } = globalThis as unknown as Record<symbol, Serve>;
      stop = serve(there, createPace());
      seat.onmessage?.(new MessageEvent('message', { data: { value: WARNING } }));
    })
    .catch((error: unknown) => seat.onerror?.(new ErrorEvent('error', { message: String(error) })));
  return seat;
}

function createPace(): Pace {
  let sinceMs = 0;
  return (value) =>
    performance.now() - sinceMs < SLICE_MS
      ? value
      : new Promise((resolve) =>
          whenIdle(() => {
            sinceMs = performance.now();
            resolve(value);
          }),
        );
}

function whenIdle(work: () => void): void {
  // Not in every WebKit.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: PATIENCE_MS });
  else setTimeout(work, 1);
}
