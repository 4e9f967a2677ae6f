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
  /** Until then the browser expects nothing else to do. */
  let idleUntilMs = 0;
  return (value) => {
    const nowMs = performance.now();
    if (nowMs - sinceMs < SLICE_MS) return value;
    return new Promise((resolve) => {
      const goOn = (idleMs = 0) => {
        sinceMs = performance.now();
        if (idleMs) idleUntilMs = sinceMs + idleMs;
        resolve(value);
      };
      // Who waits for idle time while there is some is given the next stretch, up to 50 ms later:
      // https://w3c.github.io/requestidlecallback/#start-an-idle-period-algorithm
      if (nowMs + SLICE_MS < idleUntilMs) setTimeout(goOn);
      else whenIdle((deadline) => goOn(deadline?.timeRemaining()));
    });
  };
}

function whenIdle(work: (deadline?: IdleDeadline) => void): void {
  // Not in every WebKit.
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: PATIENCE_MS });
  else setTimeout(work, 1);
}
