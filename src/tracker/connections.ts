/**
 * @module
 * Connections: what a site says already (its data layer, structured data) or has asked the visitor
 * (a consent platform), read for it. Loaded only where the option `connect` names one; each
 * connection is a module of its own, loaded only when it is named.
 *
 * To add one: a module under `connections/` that exports `connect: Connection<its setting>`, a line
 * in `CONNECTIONS`, and its setting in `ConnectOptions` (src/options.ts).
 */
import type { TrackedEvent } from '../events.ts';
import type { Consent } from './consent.ts';
import type { PageChange } from './watchPage.ts';

/** What a connection is given of the page it runs on. */
export interface ConnectionHost {
  /** As the recommender's: never throws. @returns the event's id; null when it was not accepted. */
  track: (event: TrackedEvent) => string | null;
  /** The visitor's choice, as the platform tells it; applied in every tab. */
  setConsent: (consent: Consent) => void;
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
export type Connection<Setting> = (host: ConnectionHost, setting: Setting) => void | Promise<void>;

interface ConnectionModule {
  connect: Connection<never>;
}

/** Literal addresses: both builds see each file and make a chunk of it. */
const CONNECTIONS: Readonly<Record<string, () => Promise<ConnectionModule>>> = {
  // A line each, such as: dataLayer: () => import(its address),
};

/** Starts every connection that `chosen` names with anything but false. */
export function startConnections(
  chosen: Readonly<Record<string, unknown>>,
  host: ConnectionHost,
): void {
  for (const [name, setting] of Object.entries(chosen)) {
    if (setting === false || setting === undefined) continue;
    const load = Object.hasOwn(CONNECTIONS, name) ? CONNECTIONS[name] : null;
    if (!load) {
      const names = Object.keys(CONNECTIONS).join(', ');
      host.warn(`connect must name any of ${names} but names ${JSON.stringify(name)}`);
      continue;
    }
    load()
      // While it was on its way the page may have ended it.
      .then(({ connect }) => host.signal.aborted || connect(host, setting as never))
      .catch((error: unknown) => host.warn(`connect.${name} failed: ${String(error)}`));
  }
}
