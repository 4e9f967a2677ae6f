/**
 * @module
 * Tabs: what this page tells the site's other tabs, and hears from them. Without BroadcastChannel
 * each tab sees the others' events when it next reads the log.
 */
import type { FeedbackEvent } from '../events.ts';
import type { Consent } from '../tracker/consent.ts';

export type TabMessage =
  | { type: 'appended'; events: readonly FeedbackEvent[] }
  | { type: 'forgotten'; itemId?: string | undefined }
  | { type: 'consent'; consent: Consent };

export interface Tabs {
  tell: (message: TabMessage) => void;
  /** Of a page that is being ended: what it has still to say it says before. */
  close: () => void;
}

/**
 * A page in the back-forward cache that a message is sent to is thrown out of it, and every next
 * page sends some: it does not listen there.
 * @param signal - ends what listens to the page.
 * @param catchUp - the page is back, and has heard nothing meanwhile.
 */
export function joinTabs(
  name: string,
  signal: AbortSignal,
  hear: (message: TabMessage) => void,
  catchUp: () => void,
): Tabs {
  let channel: BroadcastChannel | undefined;
  const leave = () => {
    channel?.close();
    channel = undefined;
  };
  const join = () => {
    // Anew, it would miss what was said and has not been heard yet.
    if (channel) return;
    try {
      channel = new BroadcastChannel(`sotto:${name}`);
      channel.onmessage = ({ data }) => hear(data as TabMessage);
    } catch {
      // Each tab for itself.
    }
  };
  join();
  addEventListener('pagehide', leave, { signal });
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      join();
      if (persisted) catchUp();
    },
    { signal },
  );
  return { tell: (message) => channel?.postMessage(message), close: leave };
}
