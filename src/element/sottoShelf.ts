/**
 * @module
 * <sotto-shelf>: a list of recommendations that keeps itself up to date.
 *
 * Items stand in the page's own tree, as children: the site's styles reach them, its own markup from
 * before the list came stays until then, and the tracker sees them as any other items, with list
 * and position. Frame and heading are in the shadow.
 */
import type { ListOptions, Recommendation, Recommender } from '../index.ts';
import { arrange } from './arrange.ts';
import { fillTemplate, plain } from './fillTemplate.ts';
import { formatPrice } from './formatPrice.ts';
import { h } from './h.ts';
import { shadow } from './shadow.ts';
import { SottoElement } from './sottoElement.ts';
import { SottoItem } from './sottoItem.ts';

const CSS = `
:host { display: block; }
:host([hidden]), [hidden] { display: none; }
[part=list] {
  display: grid;
  gap: var(--sotto-gap, 1rem);
  grid-template-columns: repeat(auto-fill, minmax(min(var(--sotto-item-width, 11rem), 100%), 1fr));
}
`;

const ITEM = 'data-sotto-item';
const LIST = 'data-sotto-list';

export class SottoShelf extends SottoElement {
  static readonly observedAttributes = [
    ...['source', 'item', 'count', 'exclude', 'diversity', 'explore', 'window'],
    ...['heading', 'currency'],
  ];

  readonly #title = h('h2', { part: 'heading' });
  readonly #headings = h('slot', { name: 'heading' }, this.#title);
  readonly #frame = h(
    'section',
    { part: 'shelf' },
    this.#headings,
    h('div', { part: 'list', role: 'list', 'aria-busy': 'true' }, h('slot')),
    h('slot', { name: 'empty', hidden: '' }),
  );
  readonly #made = new WeakMap<Element, Recommendation>();
  /** What is shown was made with: a change makes every item anew. */
  #look = '';
  /** null: what the site has put here is shown. */
  #list: readonly Recommendation[] | null = null;

  constructor() {
    super();
    shadow(this, CSS, this.#frame);
    this.#headings.addEventListener('slotchange', () => this.#setHeading());
    // What stayed for the focus alone goes with it.
    this.addEventListener('focusout', ({ relatedTarget }) => {
      if (!this.contains(relatedTarget as Node | null)) queueMicrotask(() => this.#place());
    });
  }

  /** What is shown. */
  get list(): readonly Recommendation[] {
    return this.#list ?? [];
  }

  override connectedCallback(): void {
    const source = this.getAttribute('source') ?? 'recommend';
    if (!this.hasAttribute(LIST)) this.setAttribute(LIST, source);
    if (!this.hasAttribute('state')) this.setAttribute('state', 'loading');
    this.#setHeading();
    super.connectedCallback();
  }

  override attributeChangedCallback(): void {
    this.#setHeading();
    super.attributeChangedCallback();
  }

  protected async show(sotto: Recommender, signal: AbortSignal): Promise<void> {
    const list = await this.#ask(sotto, { ...this.#options(), signal });
    if (signal.aborted) return;
    this.#list = list;
    this.#place();
    this.setAttribute('state', list.length ? 'ready' : 'empty');
    this.#frame.querySelector('[part=list]')?.removeAttribute('aria-busy');
    this.#frame.querySelector('slot[name=empty]')?.toggleAttribute('hidden', list.length > 0);
    this.dispatchEvent(new CustomEvent('sotto-list', { detail: list, bubbles: true }));
  }

  async #ask(sotto: Recommender, options: ListOptions): Promise<Recommendation[]> {
    const source = this.getAttribute('source') ?? 'recommend';
    switch (source) {
      case 'recommend':
        return sotto.recommend(options);
      case 'similar':
        return sotto.similar(this.getAttribute('item') ?? '', options);
      case 'trending':
        return sotto.popular({ ...options, window: 'trending' });
      case 'popular':
        return sotto.popular({ ...options, window: 'all' });
      default:
        throw new TypeError(
          `source must be one of recommend, similar, trending, popular but got "${source}"`,
        );
    }
  }

  /** What is not said is left to the recommender's own defaults. */
  #options(): ListOptions {
    const numbers = ['count', 'diversity', 'explore'].flatMap((name) => {
      const text = this.getAttribute(name);
      return text === null ? [] : [[name, Number(text)] as const];
    });
    const exclude = this.getAttribute('exclude')?.split(/\s+/).filter(Boolean) ?? [];
    return { ...Object.fromEntries(numbers), exclude };
  }

  #place(): void {
    if (!this.#list) return;
    const look = this.getAttribute('currency') ?? '';
    // What the site has put here to be shown until now goes; templates and named slots stay.
    const current = [...this.children].filter((child) => !child.matches('template, [slot]'));
    const byId = new Map(
      current
        .filter((child) => look === this.#look && this.#made.has(child))
        .map((child) => [child.getAttribute(ITEM), child]),
    );
    this.#look = look;
    const wanted = this.#list.map((one) => byId.get(one.itemId) ?? this.#make(one));
    arrange(this, current, wanted);
  }

  #make(one: Recommendation): HTMLElement {
    const { itemId, item } = one;
    const currency = this.getAttribute('currency');
    const language = this.closest('[lang]')?.getAttribute('lang') ?? '';
    const template = this.querySelector<HTMLTemplateElement>(':scope > template');
    let element: HTMLElement;
    if (template) {
      element = fillTemplate(
        template,
        one,
        (column, value) =>
          (column === 'price' && formatPrice(value, currency, language)) || plain(value),
      );
    } else {
      element = new SottoItem();
      (element as SottoItem).fill(itemId, item, formatPrice(item.price, currency, language));
    }
    element.setAttribute(ITEM, itemId);
    if (!element.hasAttribute('role')) element.setAttribute('role', 'listitem');
    this.#made.set(element, one);
    return element;
  }

  #setHeading(): void {
    this.#title.textContent = this.getAttribute('heading');
    const given = this.#headings.assignedElements()[0];
    const text = (given ?? this.#title).textContent.trim();
    this.#headings.hidden = !text;
    if (text) this.#frame.setAttribute('aria-label', text);
    else this.#frame.removeAttribute('aria-label');
  }
}
