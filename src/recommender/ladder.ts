/**
 * @module
 * The lower rungs of the ladder, for a page whose policy refuses the worker at its own address: the
 * same script as a worker from a blob, and where that is refused too, on the page's own thread, in
 * its idle time. It speaks over a channel there as it does from a worker, and the lists are the same.
 * Loaded only where the first rung fails, or is passed over because files are to have their hashes.
 */
import type { Seat } from '../worker/client.ts';
import { pageHashes } from './pageHashes.ts';
import { serveIdly } from './serveIdly.ts';
import { workerFromText } from './workerFromText.ts';

/**
 * @param url - of the worker's script, absolute.
 * @param spawn - the page's own: a policy of trusted types is made once.
 * @param isVerified - nothing may run that the page gives no hash for.
 * @returns what holds its messages until one of the rungs has answered.
 */
export function descend(url: string, spawn: (url: string) => Worker, isVerified = false): Seat {
  const hashes = isVerified ? pageHashes() : null;
  let blob = '';
  const byBlob = async (): Promise<Seat> => spawn((blob = await workerFromText(url, hashes)));
  // What the page has imported it keeps: that address stays.
  const idly = async (): Promise<Seat> =>
    serveIdly(hashes ? await workerFromText(url, hashes) : url);
  const rungs = [byBlob, idly];
  let posted: unknown[] = [];
  let isHeard = false;
  let isEnded = false;
  let current: Seat | undefined;
  const seat: Seat = {
    onmessage: null,
    onerror: null,
    postMessage(message) {
      if (!isHeard) posted.push(message);
      current?.postMessage(message);
    },
    terminate() {
      isEnded = true;
      current?.terminate();
      URL.revokeObjectURL(blob);
    },
  };

  const take = (taken: Seat): void => {
    if (isEnded) return taken.terminate();
    current = taken;
    current.onerror = (event) => (isHeard ? seat.onerror?.(event) : step(event));
    current.onmessage = (event) => {
      isHeard = true;
      posted = [];
      seat.onmessage?.(event);
    };
    for (const message of posted) current.postMessage(message);
  };
  const step = (why: ErrorEvent): void => {
    current?.terminate();
    current = undefined;
    const make = rungs.shift();
    if (!make) return seat.onerror?.(why);
    make()
      .then(take)
      .catch((error: unknown) => step(new ErrorEvent('error', { message: String(error) })));
  };
  step(new ErrorEvent('error'));
  return seat;
}
