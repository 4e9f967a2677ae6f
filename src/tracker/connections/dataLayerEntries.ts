/**
 * @module
 * watchEntries: every entry of a data layer, those that are there and then each as it is pushed.
 *
 * A data layer has no events to listen to, so its `push` is wrapped, as tag managers do as well. The
 * wrapper hands everything through, gives back what the page's own `push` gives, and is taken off
 * again at the end; where somebody has wrapped it in turn it stays as a mere passage. Where somebody
 * puts another array or another `push` in its place, what came by that is read with the next change
 * of the page.
 */

import { guarded, type OnError } from '../guard.ts';

/** The window, as far as a data layer is concerned. */
export type LayerHost = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

type Push = (this: unknown, ...entries: unknown[]) => unknown;

/** Of the entries that are there already: far more than a tag manager keeps (300). */
const MAX_PAST_ENTRIES = 10_000;

/**
 * @param onEntry - may throw: what it throws goes to `onError` and no further.
 * @param onPage - calls back whenever the page has changed.
 * @returns what ends it.
 */
export function watchEntries(
  host: LayerHost,
  name: string,
  onEntry: (entry: unknown) => void,
  onError: OnError,
  onPage?: (listener: () => void) => void,
): () => void {
  let isReading = false;
  let isOn = true;
  /** Of the layer that is watched now. */
  let seen = new WeakSet();
  const safeEntry = guarded(onError, onEntry);
  const read = (entries: ArrayLike<unknown>) => {
    // What a listener of ours pushes while it is told of an entry is an echo.
    if (isReading) return;
    isReading = true;
    try {
      const past = Math.max(0, entries.length - MAX_PAST_ENTRIES);
      for (let place = past; place < entries.length; place++) {
        const entry = entries[place];
        if (isObject(entry)) seen.add(entry);
        safeEntry(entry);
      }
    } finally {
      isReading = false;
    }
  };

  let layer: unknown;
  let leave = () => {};
  let isMissing = () => false;
  const readMissed = (entries: readonly unknown[]) => {
    // Another `push` may hand everything to ours, or to nobody.
    if (isMissing()) read(entries.filter((entry) => isObject(entry) && !seen.has(entry)));
  };
  const adopt = () => {
    if (!isOn) return;
    try {
      const found = layerOf(host, name);
      if (found.layer === layer) return readMissed(found.layer);
      leave();
      layer = found.layer;
      leave = () => {};
      isMissing = () => true;
      const wrapper = wrapPush(found.layer, read);
      isMissing = () => found.layer.push !== wrapper.push;
      leave = () => {
        wrapper.end();
        if (found.isOurs && !found.layer.length) removeLayer(host, name, found.layer);
      };
    } catch (error) {
      onError(error);
    }
    seen = new WeakSet();
    if (Array.isArray(layer)) read(layer);
  };
  adopt();
  // Older snippets put an array of their own in the place of the one that is there.
  host.addEventListener('load', adopt);
  onPage?.(adopt);
  return () => {
    isOn = false;
    host.removeEventListener('load', adopt);
    leave();
  };
}

const isObject = (entry: unknown): entry is object =>
  (typeof entry === 'object' && entry !== null) || typeof entry === 'function';

/** The site's data layer; where there is none yet, the one it will find there and use. */
function layerOf(host: object, name: string): { layer: unknown[]; isOurs: boolean } {
  const globals = host as Record<string, unknown>;
  const found = globals[name];
  if (Array.isArray(found)) return { layer: found, isOurs: false };
  if (found !== undefined && found !== null) throw new Error(`${name} is not an array`);
  const layer: unknown[] = [];
  globals[name] = layer;
  return { layer, isOurs: true };
}

function removeLayer(host: object, name: string, layer: unknown[]): void {
  const globals = host as Record<string, unknown>;
  if (globals[name] === layer) delete globals[name];
}

/** @returns the wrapper, and what takes it off. */
function wrapPush(
  layer: unknown[],
  read: (entries: unknown[]) => void,
): { push: Push; end: () => void } {
  const own = Object.getOwnPropertyDescriptor(layer, 'push');
  const original = layer.push as Push;
  let isOn = true;
  const wrapper: Push = function (...entries) {
    // First: a tag manager pushes further entries from within its own push.
    if (isOn) read(entries);
    return original.apply(this, entries);
  };
  // Defined, not assigned: assigning fails where the page has frozen Array.prototype.
  Object.defineProperty(layer, 'push', {
    value: wrapper,
    writable: true,
    configurable: true,
    enumerable: own?.enumerable ?? false,
  });
  return {
    push: wrapper,
    end() {
      isOn = false;
      if (layer.push !== wrapper) return;
      if (own) Object.defineProperty(layer, 'push', own);
      else delete (layer as { push?: unknown }).push;
    },
  };
}
