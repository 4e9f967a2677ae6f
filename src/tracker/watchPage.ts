/**
 * @module
 * watchPage: tells the other watchers when elements have come or changed, and when the visitor is
 * on another page of a single-page app. It replaces none of the page's own functions: where there
 * is no Navigation API, a changed address is seen with the elements that change for it.
 */
import { guarded, listen, type Guard } from './guard.ts';
import { IGNORE, ITEM, LIST, VIEW, forgetPositions } from './markup.ts';

/**
 * 'navigated': a new page view has begun, its elements may not be there yet. 'returned': so it has
 * on the page as it was, from the back-forward cache.
 */
export type PageChange = 'changed' | 'navigated' | 'returned';

export interface Page extends Guard {
  /** What the page is about, where a connection has said so; null again with the next page view. */
  readonly itemId: string | null;
  setItem: (itemId: string | null) => void;
  /** In the document and in the open shadow trees that stand in it. */
  matching: (selector: string) => Element[];
  subscribe: (listener: (change: PageChange) => void) => void;
}

/** Elements come in bursts: one look for all that came within this time. */
const BATCH_MS = 50;

export function watchPage(guard: Guard): Page {
  const listeners: ((change: PageChange) => void)[] = [];
  const roots = new Set<Document | ShadowRoot>();
  let address = pageAddress();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (change: PageChange) => {
    for (const listener of listeners) guarded(guard.onError, listener)(change);
  };
  const begin = (change: PageChange) => {
    page.itemId = null;
    // A shadow tree that was attached to an element on the page is told of by no mutation.
    matching('*').forEach(lookAt);
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
    guarded(guard.onError, (records) => {
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
    lookInto(root);
  };
  const lookInto = (node: Node | Element) => {
    if ('querySelectorAll' in node) [node, ...node.querySelectorAll('*')].forEach(lookAt);
  };
  /** Roots have neither of both. */
  const lookAt = ({ shadowRoot, localName }: Partial<Element>) => {
    if (shadowRoot) {
      if (!roots.has(shadowRoot)) enter(shadowRoot);
    } else if (localName?.includes('-')) {
      awaitDefinition(localName);
    }
  };
  /** One that is defined later grows its shadow tree then, and no mutation tells of it. Most are. */
  const awaitDefinition = (name: string) => {
    if (awaited.has(name)) return;
    awaited.add(name);
    void customElements.whenDefined(name).then(
      () => {
        matching(name).forEach(lookAt);
        changed();
      },
      () => {},
    );
  };
  const awaited = new Set<string>();
  const matching = (selector: string) =>
    [...roots].flatMap((root) => {
      if (root.isConnected) return [...root.querySelectorAll(selector)];
      roots.delete(root);
      return [];
    });

  enter(document);
  listen(guard, window, ['popstate', 'hashchange'], checkAddress);
  // What the page's own scripts have grown while it was read: of that no mutation tells. And at once
  // when it is hidden or shown: from here on, time is time in a hidden page, or no longer.
  listen(guard, document, ['DOMContentLoaded', 'visibilitychange'], () => {
    matching('*').forEach(lookAt);
    tell('changed');
  });
  listen(guard, window, ['pageshow'], (event) => {
    if ((event as PageTransitionEvent).persisted) begin('returned');
  });
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) listen(guard, navigation, ['currententrychange'], checkAddress);
  guard.signal.addEventListener('abort', () => {
    forgetPositions();
    clearTimeout(timer);
    mutations.disconnect();
    listeners.length = 0;
    roots.clear();
  });

  const page: Page & { itemId: string | null } = {
    ...guard,
    itemId: null,
    setItem(to) {
      page.itemId = to;
      changed();
    },
    matching,
    subscribe: (listener) => void listeners.push(listener),
  };
  return page;
}

/** A fragment is a place on the page, unless a router keeps its path there. */
function pageAddress(): string {
  const { pathname, search, hash } = location;
  return pathname + search + (/^#!?\//.test(hash) ? hash : '');
}
