/**
 * @module
 * watchPage: tells the other watchers when elements have come or changed, and when the visitor is
 * on another page of a single-page app. It replaces none of the page's own functions: where there
 * is no Navigation API, a changed address is seen with the elements that change for it.
 */
import { guarded, listen, type OnError } from './guard.ts';
import { IGNORE, ITEM, LIST, VIEW, type Markup } from './markup.ts';

/**
 * 'navigated': a new page view has begun, its elements may not be there yet. 'returned': so it has
 * on the page as it was, from the back-forward cache.
 */
export type PageChange = 'changed' | 'navigated' | 'returned';

export interface Page extends Pick<Markup, 'closestOf' | 'placeOf'> {
  readonly onError: OnError;
  /** An event listener that never throws into the page. @returns what ends it. */
  listen: (
    target: EventTarget,
    types: readonly string[],
    listener: (event: Event) => void,
  ) => () => void;
  /** What the page is about, where a connection has said so; null again with the next page view. */
  readonly itemId: string | null;
  setItem: (itemId: string | null) => void;
  /** In the document and in the open shadow trees that stand in it. */
  find: (selector: string) => Element[];
  /** @returns what ends it. */
  subscribe: (listener: (change: PageChange) => void) => () => void;
  stop: () => void;
}

/** Elements come in bursts: one look for all that came within this time. */
const BATCH_MS = 50;

/** @param markup - the page's own, whose places are forgotten as elements change. */
export function watchPage(onError: OnError, { closestOf, placeOf, forgetPositions }: Markup): Page {
  const listeners = new Set<(change: PageChange) => void>();
  const roots = new Set<Document | ShadowRoot>();
  let address = pageAddress();
  let itemId: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (change: PageChange) => {
    for (const listener of listeners) guarded(onError, listener)(change);
  };
  const begin = (change: PageChange) => {
    itemId = null;
    // A shadow tree that was attached to an element on the page is told of by no mutation.
    find('*').forEach(lookAt);
    tell(change);
    changed();
  };
  const checkAddress = () => {
    if (address === (address = pageAddress())) return;
    begin('navigated');
  };
  const changed = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      tell('changed');
    }, BATCH_MS);
  };

  const mutations = new MutationObserver(
    guarded(onError, (records) => {
      forgetPositions();
      checkAddress();
      for (const { target, addedNodes, removedNodes, attributeName } of records) {
        // A clock that ticks says nothing of items, nor does any other text but that of a description.
        if (attributeName || (target as Partial<Element>).matches?.('script,[itemprop]')) changed();
        for (const node of [...addedNodes, ...removedNodes]) {
          if (!(node instanceof Element)) continue;
          lookInto(node);
          changed();
        }
      }
    }),
  );
  /** A shadow tree is its own: neither selectors nor the observer reach into it. */
  const enter = (root: Document | ShadowRoot) => {
    roots.add(root);
    mutations.observe(root, {
      childList: true,
      subtree: true,
      attributeFilter: [ITEM, LIST, VIEW, IGNORE],
    });
    root.querySelectorAll('*').forEach(lookAt);
  };
  const lookInto = (element: Element) =>
    [element, ...element.querySelectorAll('*')].forEach(lookAt);
  const lookAt = ({ shadowRoot, localName }: Element) => {
    if (shadowRoot) {
      if (!roots.has(shadowRoot)) enter(shadowRoot);
    } else if (localName.includes('-') && !customElements.get(localName))
      awaitDefinition(localName);
  };
  /** One that is defined later grows its shadow tree then, and no mutation tells of it. */
  const awaitDefinition = (name: string) => {
    if (awaited.has(name)) return;
    awaited.add(name);
    void customElements.whenDefined(name).then(
      () => {
        if (roots.size) find(name).forEach(lookAt);
        changed();
      },
      () => {},
    );
  };
  const awaited = new Set<string>();
  const find = (selector: string) =>
    [...roots].flatMap((root) => {
      if (root.isConnected) return [...root.querySelectorAll(selector)];
      roots.delete(root);
      return [];
    });

  enter(document);
  const stops = [
    listen(window, ['popstate', 'hashchange'], onError, checkAddress),
    // At once: from here on, time is time in a hidden page, or no longer.
    listen(document, ['visibilitychange'], onError, () => tell('changed')),
    listen(window, ['pageshow'], onError, (event) => {
      if ((event as PageTransitionEvent).persisted) begin('returned');
    }),
  ];
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) stops.push(listen(navigation, ['currententrychange'], onError, checkAddress));

  return {
    onError,
    closestOf,
    placeOf,
    listen: (target, types, listener) => listen(target, types, onError, listener),
    get itemId() {
      return itemId;
    },
    setItem(to) {
      itemId = to;
      changed();
    },
    find,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      forgetPositions();
      clearTimeout(timer);
      mutations.disconnect();
      listeners.clear();
      roots.clear();
      for (const stop of stops) stop();
    },
  };
}

/** A fragment is a place on the page, unless a router keeps its path there. */
function pageAddress(): string {
  const { pathname, search, hash } = location;
  return pathname + search + (/^#!?\//.test(hash) ? hash : '');
}
