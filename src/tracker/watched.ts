/**
 * @module
 * watches: which of the watchers a site wants: all, none, or all but those it says no to.
 */

export interface Watched {
  track: boolean | { impressions?: boolean; clicks?: boolean; views?: boolean; dwell?: boolean };
}

export function watches(
  { track }: Watched,
  what: 'impressions' | 'clicks' | 'views' | 'dwell',
): boolean {
  // Of a script tag it may be null: the worker says so, and the page goes on without.
  return !!((track as Exclude<typeof track, boolean> | null)?.[what] ?? track);
}
