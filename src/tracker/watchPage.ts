/**
 * @module
 * watchPage: tells the other watchers when elements have come or changed, and when the visitor is
 * on another page of a single-page app. It replaces none of the page's own functions: a changed
 * address is seen with the elements that change for it.
 */
import { guarded, listen, type OnError } from './guard.ts';
import { IGNORE, ITEM, LIST, VIEW } from './markup.ts';

/** 'navigated': a new page view has begun, its elements may not be there yet. */
export type PageChange = 'changed' | 'navigated';

export interface Page {
  readonly onError: OnError;
  /** What the page is about, where a connection has said so; null again with the next page view. */
  readonly itemId: string | null;
  setItem: (itemId: string | null) => void;
  /** @returns what ends it. */
  subscribe: (listener: (change: PageChange) => void) => () => void;
  stop: () => void;
}

/** Elements come in bursts: one look for all that came within this time. */
const BATCH_MS = 50;

export function watchPage(onError: OnError): Page {
  const listeners = new Set<(change: PageChange) => void>();
  let itemId: string | null = null;
  const tell = (change: PageChange) => {
    for (const listener of listeners) guarded(onError, listener)(change);
  };
  let address = pageAddress();
  const checkAddress = () => {
    const now = pageAddress();
    if (now === address) return;
    address = now;
    itemId = null;
    tell('navigated');
    changed();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      tell('changed');
    }, BATCH_MS);
  };

  const mutations = new MutationObserver(
    guarded(onError, () => {
      checkAddress();
      changed();
    }),
  );
  mutations.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: [ITEM, LIST, VIEW, IGNORE],
  });
  const stops = [
    listen(window, ['popstate', 'hashchange'], onError, checkAddress),
    // A page that was loaded unseen is looked at now; so is one that came back.
    listen(document, ['visibilitychange'], onError, changed),
  ];

  return {
    onError,
    get itemId() {
      return itemId;
    },
    setItem(to) {
      itemId = to;
      changed();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      clearTimeout(timer);
      mutations.disconnect();
      listeners.clear();
      for (const stop of stops) stop();
    },
  };
}

/** A fragment is a place on the page, unless a router keeps its path there. */
function pageAddress(): string {
  const { pathname, search, hash } = location;
  return pathname + search + (/^#!?\//.test(hash) ? hash : '');
}
