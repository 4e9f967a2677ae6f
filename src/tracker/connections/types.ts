/**
 * @module
 * Connection: what a site says already, read for it. What each is given and what it promises.
 */
import type { TrackedEvent } from '../../events.ts';
import type { PageChange } from '../watchPage.ts';
import type { ConsentSeat } from './settleConsent.ts';
import type { Watched } from './saidByMarkup.ts';

/** What a connection is given of the page it runs on. */
export interface ConnectionHost extends ConsentSeat {
  /** As the recommender's: never throws. @returns the event's id; null when it was not accepted. */
  track: (event: TrackedEvent) => string | null;
  watched: Watched;
  /**
   * The item the page is about, where no `data-sotto-view` says so; null: none. Views and dwell are
   * those of this item until the page view ends.
   */
  setPageItem: (itemId: string | null) => void;
  /** Calls `listener` when elements have changed, or another page view has begun. */
  onPage: (listener: (change: PageChange) => void) => void;
  /** One line for the site's owner, the same line once. */
  warn: (message: string) => void;
  /** Aborted by `destroy()`: whatever listens, observes or waits ends with it. */
  signal: AbortSignal;
}

/** Begins reading. What it throws is a warning; what it starts ends with `host.signal`. */
export type Connection<Setting> = (host: ConnectionHost, setting: Setting) => void;
