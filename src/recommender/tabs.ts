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
  tell(message: TabMessage): void;
  close(): void;
}

export function joinTabs(name: string, hear: (message: TabMessage) => void): Tabs {
  let channel: BroadcastChannel | undefined;
  try {
    channel = new BroadcastChannel(`sotto:${name}`);
    channel.onmessage = ({ data }) => hear(data as TabMessage);
  } catch {
    // Each tab for itself.
  }
  return {
    tell: (message) => channel?.postMessage(message),
    close: () => channel?.close(),
  };
}
