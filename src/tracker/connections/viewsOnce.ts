/**
 * @module
 * viewsOnce: a shop that says `view_item` in its data layer and describes the product to search
 * engines says one view twice. The description's counts, since it is told once the page is really in
 * front of the visitor, and is what dwell is measured of; whichever of the two comes first.
 */
import type { TrackedEvent } from '../../events.ts';
import { guarded, listen } from '../guard.ts';
import { reasonOf } from './reasonOf.ts';
import type { ConnectionHost } from './types.ts';

/** For so long a view that was only said waits for the description of its item, which may come later. */
const PATIENCE_MS = 1000;

/** @returns the host for both connections; what still waits is told when the page is left. */
export function viewsOnce(host: ConnectionHost): ConnectionHost {
  let described: string | null = null;
  let held: TrackedEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onError = (error: unknown) => host.warn(`connect: ${reasonOf(error)}`);
  const release = guarded(onError, () => {
    clearTimeout(timer);
    timer = undefined;
    for (const event of held.splice(0)) host.track(event);
  });
  host.onPage((change) => {
    if (change !== 'changed') described = null;
  });
  listen({ onError, signal: host.signal }, window, ['pagehide'], release);
  host.signal.addEventListener('abort', release);
  return {
    ...host,
    setPageItem(itemId) {
      described = itemId;
      held = held.filter((event) => event.itemId !== itemId);
      host.setPageItem(itemId);
    },
    track(event) {
      if (event.action !== 'view') return host.track(event);
      if (event.itemId === described) return null;
      held.push({ timestamp: Date.now(), ...event });
      timer ??= setTimeout(release, PATIENCE_MS);
      return null;
    },
  };
}
