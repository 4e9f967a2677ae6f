/**
 * @module
 * Connections: what a site says already (its data layer, structured data) or has asked the visitor
 * (a consent platform), read for it. The page loads this file only where the option `connect` is
 * set. All of them are one file: one each would be smaller and take two round trips more.
 *
 * To add one: a module under `connections/` that exports a `Connection`, a line in `CONNECTIONS`,
 * and its setting in `ConnectOptions` (src/options.ts).
 */
import { shown } from '../errors.ts';
import { connectConsentMode } from './connections/connectConsentMode.ts';
import { connectDataLayer } from './connections/connectDataLayer.ts';
import { connectStructuredData } from './connections/connectStructuredData.ts';
import { connectTcf } from './connections/connectTcf.ts';
import { reasonOf } from './connections/reasonOf.ts';
import type { Connection, ConnectionHost } from './connections/types.ts';
import { viewsOnce } from './connections/viewsOnce.ts';

/** Consent first: what the others read is kept by what it says. */
const CONNECTIONS = {
  tcf: connectTcf,
  consentMode: connectConsentMode,
  structuredData: connectStructuredData,
  dataLayer: connectDataLayer,
};

/** Starts every connection that `chosen` names with anything but false. */
export function startConnections(
  chosen: Readonly<Record<string, unknown>>,
  host: ConnectionHost,
): void {
  // While this was on its way the page may have ended it.
  if (host.signal.aborted) return;
  const { watched } = host;
  const areViewsWatched = typeof watched === 'object' ? watched.views !== false : watched;
  const isBoth = chosen['dataLayer'] && chosen['structuredData'] && areViewsWatched;
  const shared = isBoth ? viewsOnce(host) : host;
  for (const [name, connect] of Object.entries(CONNECTIONS)) {
    const setting = chosen[name] ?? false;
    if (setting === false) continue;
    try {
      (connect as Connection<unknown>)(shared, setting);
    } catch (error) {
      host.warn(`connect.${name} failed: ${reasonOf(error)}`);
    }
  }
  for (const name of Object.keys(chosen)) {
    if (Object.hasOwn(CONNECTIONS, name)) continue;
    host.warn(
      `connect must name any of ${Object.keys(CONNECTIONS).join(', ')} but names ${shown(name)}`,
    );
  }
}
