/**
 * @module
 * <sotto-inspector>: for the visitor, what the page has learned and how to take it back. The tracker
 * leaves it alone: looking into it says nothing about taste.
 */
import type { Recommender } from '../index.ts';
import { h } from './h.ts';
import { categoryRow, count, itemRow, listRow, reasonRow } from './inspectorRows.ts';
import { INSPECTOR_CSS } from './inspectorStyles.ts';
import { keyedRows } from './keyedRows.ts';
import { shadow } from './shadow.ts';
import { SottoElement } from './sottoElement.ts';

const MOST_ITEMS = 12;
const MOST_CATEGORIES = 6;
const MOST_REASONED = 5;
const REALLY = 'Really forget everything';

export class SottoInspector extends SottoElement {
  static readonly observedAttributes = ['heading'];

  readonly #heading = h('h2', { part: 'heading', tabindex: '-1' });
  readonly #status = h('p', { part: 'status', role: 'status' });
  readonly #facts = h('dl', { part: 'facts' });
  readonly #pause = h('button', {
    type: 'button',
    part: 'button',
    click: () => this.#togglePause(),
  });
  readonly #forget = h('button', {
    type: 'button',
    part: 'button',
    click: () => this.#forgetAll(),
  });
  readonly #items = section('Learned from', 'ul', 'items');
  readonly #categories = section('Your share by category', 'ul', 'categories');
  readonly #reasons = section('Why these are recommended', 'ul', 'reasons');
  readonly #lists = section('Shown and chosen, by list', 'tbody', 'lists');

  readonly #fillItems = keyedRows<Items[number]>(
    this.#items.list,
    ({ itemId }) => itemId,
    (itemId) => itemRow((title) => this.#forgetItem(itemId, title)),
  );
  readonly #fillCategories = keyedRows<Categories[number]>(
    this.#categories.list,
    ({ category }) => category,
    categoryRow,
  );
  readonly #fillReasons = keyedRows<Reasons[number]>(
    this.#reasons.list,
    ({ itemId }) => itemId,
    () => reasonRow((itemId) => this.#current().explain(itemId)),
  );
  readonly #fillLists = keyedRows<Lists[number]>(
    this.#lists.list,
    // No list may be called that: an id is never empty.
    ({ listId }) => listId ?? '',
    listRow,
  );

  constructor() {
    super();
    const head = ['List', 'Shown', 'Clicked', 'In basket', 'Bought'];
    this.#lists.element.append(
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...head.map((name) => h('th', { scope: 'col' }, name)))),
        this.#lists.list,
      ),
    );
    const download = h('button', { type: 'button', part: 'button', click: () => this.#download() });
    download.textContent = 'Download it all';
    this.#forget.textContent = 'Forget everything';
    this.#forget.addEventListener('blur', () => (this.#forget.textContent = 'Forget everything'));
    shadow(
      this,
      INSPECTOR_CSS,
      this.#heading,
      this.#status,
      this.#facts,
      ...[this.#items, this.#categories, this.#reasons, this.#lists].map(({ element }) => element),
      h('div', { part: 'actions' }, this.#pause, download, this.#forget),
    );
  }

  override connectedCallback(): void {
    this.setAttribute('data-sotto-ignore', '');
    this.#heading.textContent = this.getAttribute('heading') ?? 'What this page knows';
    this.#showChoices();
    super.connectedCallback();
  }

  protected async show(sotto: Recommender, signal: AbortSignal): Promise<void> {
    const [profile, list, metrics] = await Promise.all([
      sotto.profile({ signal }),
      sotto.recommend({ count: MOST_REASONED, signal }),
      sotto.metrics({ signal }),
    ]);
    if (signal.aborted) return;
    const { model, events } = profile;
    const where = model.storage === 'memory' ? 'this page’s memory' : 'this browser';
    this.#fillFacts({
      'Held in': where,
      Events: String(events),
      Consent: this.#current().consent,
      Catalogue: count(model.items, 'item'),
    });
    this.#fillItems(profile.items.slice(0, MOST_ITEMS));
    this.#fillCategories(profile.categories.slice(0, MOST_CATEGORIES));
    this.#fillReasons(list);
    this.#fillLists(metrics.lists);
    for (const { element, list: rows } of [
      ...[this.#items, this.#categories, this.#reasons, this.#lists],
    ]) {
      element.hidden = !rows.childElementCount;
    }
    this.#showChoices();
    this.setAttribute('state', 'ready');
  }

  /** Asked anew: the script's queue makes way for the recommender itself. */
  #current(): Recommender {
    const { recommender } = this;
    if (!recommender) throw new TypeError('the element has no recommender');
    return recommender;
  }

  #fillFacts(facts: Readonly<Record<string, string>>): void {
    const pairs = Object.entries(facts).flatMap(([name, text]) => [
      h('dt', {}, name),
      h('dd', {}, text),
    ]);
    this.#facts.replaceChildren(...pairs);
  }

  #showChoices(): void {
    // The queue stub answers anything with a call.
    const isPaused = this.recommender?.paused === true;
    this.#pause.textContent = isPaused ? 'Go on noting' : 'Stop noting';
  }

  #togglePause(): void {
    const sotto = this.#current();
    if (sotto.paused === true) sotto.resume();
    else sotto.pause();
    this.#showChoices();
    this.#say(
      sotto.paused === true ? 'Nothing more is noted.' : 'What you do here is noted again.',
    );
  }

  #forgetItem(itemId: string, title: string): void {
    // The row goes; whoever uses the keyboard stays in the list.
    const rows = [...this.#items.list.children];
    const place = rows.findIndex((row) => row.matches(':focus-within'));
    const next = rows[place + 1] ?? rows[place - 1];
    (next?.querySelector('button') ?? this.#heading).focus();
    this.#do(this.#current().forget(itemId), `${title} is forgotten.`);
  }

  #forgetAll(): void {
    if (this.#forget.textContent !== REALLY) {
      this.#forget.textContent = REALLY;
      return;
    }
    this.#heading.focus();
    this.#do(this.#current().forget(), 'Everything is forgotten.');
  }

  #download(): void {
    const save = async (): Promise<void> => {
      const text = await this.#current().exportData();
      const address = URL.createObjectURL(new Blob([text], { type: 'application/jsonl' }));
      h('a', { href: address, download: 'sotto.jsonl' }).click();
      URL.revokeObjectURL(address);
    };
    this.#do(save(), 'Saved as sotto.jsonl.');
  }

  #do(work: Promise<unknown>, done: string): void {
    work.then(
      () => this.#say(done),
      (error: Error) => this.#say(error.message),
    );
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }
}

type Profile = Awaited<ReturnType<Recommender['profile']>>;
type Items = Profile['items'];
type Categories = Profile['categories'];
type Reasons = Awaited<ReturnType<Recommender['recommend']>>;
type Lists = Awaited<ReturnType<Recommender['metrics']>>['lists'];

/** A heading with a list, out of sight until there is something in it. */
function section(title: string, tag: 'ul' | 'tbody', part: string) {
  const list = h(tag);
  const element = h('section', { part, hidden: '' }, h('h3', {}, title));
  if (tag === 'ul') element.append(list);
  return { element, list };
}
