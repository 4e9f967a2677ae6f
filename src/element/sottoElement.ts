/**
 * @module
 * SottoElement: what both elements share. Finds the recommender, asks it again at every update, and
 * lets go of it when the element leaves the page.
 */
import type { Recommender } from '../index.ts';

/** Where there is no DOM the classes can still be made, so that a server may import them. */
const Base = globalThis.HTMLElement ?? class {};

/** One recommender, for as long as the element is on the page with it. */
interface Use {
  ending: AbortController;
  isAsking: boolean;
  /** To be asked once more. */
  isStale: boolean;
}

export abstract class SottoElement extends Base {
  #given: Recommender | undefined;
  #use: Use | undefined;

  /** Default: the script tag's `window.sotto`, or the queue stub in its place. */
  get recommender(): Recommender | undefined {
    const { sotto } = window as unknown as { sotto?: Partial<Recommender> };
    // An element of that id is `window.sotto` as well.
    return this.#given ?? (typeof sotto?.on === 'function' ? (sotto as Recommender) : undefined);
  }

  set recommender(given: Recommender | undefined) {
    this.#given = given;
    if (this.isConnected) this.#start();
  }

  connectedCallback(): void {
    // Set before the element was defined: on the object itself, past the setter.
    if (Object.hasOwn(this, 'recommender')) {
      const { recommender } = this;
      Reflect.deleteProperty(this, 'recommender');
      this.#given = recommender;
    }
    this.#start();
  }

  disconnectedCallback(): void {
    this.#use?.ending.abort();
  }

  attributeChangedCallback(): void {
    this.refresh();
  }

  /** Asks again. Calls of one task are one. */
  refresh(): void {
    const [use, sotto] = [this.#use, this.recommender];
    if (!use || use.ending.signal.aborted || !sotto) return;
    use.isStale = true;
    if (!use.isAsking) void this.#askUntilFresh(use, sotto);
  }

  /** Asks and shows. What it throws becomes a `sotto-error` event, and changes nothing shown. */
  protected abstract show(sotto: Recommender, signal: AbortSignal): Promise<void>;

  async #askUntilFresh(use: Use, sotto: Recommender): Promise<void> {
    const { signal } = use.ending;
    use.isAsking = true;
    await Promise.resolve();
    while (use.isStale && !signal.aborted) {
      use.isStale = false;
      try {
        await this.show(sotto, signal);
      } catch (detail) {
        if (!signal.aborted) this.#fail(detail);
      }
    }
    use.isAsking = false;
  }

  #start(): void {
    this.#use?.ending.abort();
    const ending = new AbortController();
    const { signal } = ending;
    this.#use = { ending, isAsking: false, isStale: false };
    const { recommender } = this;
    if (recommender) {
      // The queue stub answers every call with a promise.
      Promise.resolve(recommender.on('update', () => this.refresh())).then(
        (off) => (signal.aborted ? off() : signal.addEventListener('abort', off)),
        // It does not start; the list that is asked for says so.
        () => {},
      );
      this.refresh();
    } else if (document.readyState !== 'complete') {
      // An async script tag without the stub: it is here when the page has loaded, or not at all.
      addEventListener('load', () => this.recommender && this.#start(), { once: true, signal });
    }
  }

  #fail(detail: unknown): void {
    this.setAttribute('state', 'failed');
    this.dispatchEvent(new CustomEvent('sotto-error', { detail, bubbles: true }));
  }
}
