/**
 * @module
 * The worker's end of the wire: answers what `client.ts` asks.
 *
 * It speaks comlink's APPLY and none of comlink's proxies, as the page's end does, so that anyone
 * may call the worker by comlink's `wrap`, as the tests do. Its `expose` would bring six kinds of
 * message and every kind of proxy, for a tenth of the worker.
 */
import type { WorkerApi } from './api.ts';

/** What comlink's `wrap` sends for a call; of its arguments only plain values are understood. */
interface Apply {
  id: string;
  type: 'APPLY';
  path: [method: string];
  argumentList: { type: 'RAW'; value: unknown }[];
}

export interface Port {
  onmessage: ((event: MessageEvent<Apply>) => void) | null;
  postMessage: (message: unknown) => void;
}

export function expose(service: WorkerApi, port: Port): void {
  const methods = service as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  // Under another address (one with a query) this file is evaluated again by the chunks that import
  // from it. The first one answers.
  port.onmessage ??= ({ data: { id, type, path, argumentList } }) => {
    if (type !== 'APPLY') return;
    // Never rejects: see `answer`.
    void methods[path[0]](...argumentList.map(({ value }) => value)).then((value) =>
      port.postMessage({ id, type: 'RAW', value }),
    );
  };
}
