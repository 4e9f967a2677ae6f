/**
 * @module
 * The events on the device, newest first, read from `exportData()`: the same lines the visitor can
 * take along.
 */
import { sotto } from './sotto.ts';

export interface ShownEvent {
  itemId: string;
  action: string;
  timestampMs: number;
}

export async function readEvents(): Promise<ShownEvent[]> {
  const text = await exported().then((data) => data.text());
  const events: ShownEvent[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const value = JSON.parse(line) as Record<string, unknown>;
    // Lines of another type are what was learned and set, not what was done.
    if (typeof value['action'] !== 'string' || typeof value['item_id'] !== 'string') continue;
    events.push({
      itemId: value['item_id'],
      action: value['action'],
      timestampMs: Date.parse(String(value['timestamp'])),
    });
  }
  return events.reverse();
}

/** Everything held, as a file. */
export async function exported(): Promise<Blob> {
  const data: Blob | string = await sotto().exportData();
  return new Blob([data], { type: 'application/jsonl' });
}
