/**
 * @module
 * `memory`: what the worker holds once a model serves, beside the bytes of the model's files, and
 * how much more after 10,000 lists.
 *
 * Asked of V8 itself, after a collection, by the DevTools protocol: the JavaScript heap and what
 * array buffers take beside it. WebAssembly memory it does not count: that is added whole, also
 * the parts that nothing has touched yet.
 */
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { writeCatalogue } from './catalogue.ts';
import type { MemoryAnswer, MemoryRequest } from './pages/memory.ts';
import { runInPage } from './runInPage.ts';
import type { Benchmark } from './types.ts';

const CASES = [
  [10_000, 'plain'],
  [100_000, 'plain'],
  [1_000_000, 'plain'],
  [1_000_000, 'learned'],
] as const;
const CALLS = 10_000;
/** What the worker may hold: this many times the files, and that much beside. */
const TIMES_MODEL = 1.5;
const BESIDE_BYTES = 16e6;

interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize?: number;
  backingStorageSize?: number;
}

export const memory: Benchmark = {
  name: 'memory',
  async run({ modelsFolder, newPage, note, maxItems }) {
    const data = [];
    for (const [items, ranker] of CASES.filter(([items]) => items <= maxItems)) {
      note(`memory: ${items} items, ${ranker} blend`);
      const name = `memory-${items}-${ranker}`;
      await writeCatalogue(join(modelsFolder, name), { items, norms: 'real', ranker });
      const page = await newPage();
      const heap = await watchWorker(page);
      const manifestUrl = `/models/${name}/manifest.json`;
      const ask = (calls: number): Promise<MemoryAnswer> =>
        runInPage<MemoryRequest, MemoryAnswer>(page, 'memory', { manifestUrl, calls });
      const { modelBytes, wasmBytes } = await ask(50);
      const before = await heap(wasmBytes);
      await ask(CALLS);
      const after = await heap(wasmBytes);
      await page.close();
      const allowed = TIMES_MODEL * modelBytes + BESIDE_BYTES;
      data.push({
        items,
        ranker,
        modelBytes,
        ...before,
        allowed,
        growth: after.total - before.total,
      });
    }
    const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
    return {
      title: `Worker memory, MB; growth after ${CALLS.toLocaleString('en-GB')} lists.`,
      header: [
        'items',
        'blend',
        'model files',
        'heap',
        'buffers',
        'WASM',
        'worker',
        'allowed',
        'growth',
      ],
      rows: data.map(
        ({ items, ranker, modelBytes, heap, buffers, wasm, total, allowed, growth }) => [
          items.toLocaleString('en-GB'),
          ranker,
          megabytes(modelBytes),
          megabytes(heap),
          megabytes(buffers),
          megabytes(wasm),
          megabytes(total),
          megabytes(allowed),
          megabytes(growth),
        ],
      ),
      data,
    };
  },
};

/** @returns what asks the page's one worker, after a collection. */
async function watchWorker(page: Page) {
  const session = await page.context().newCDPSession(page);
  const attached = new Promise<string>((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  // Not flat: its messages are then passed through the page's session.
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return async (wasmBytes: number) => {
    const worker = await attached;
    await ask(session, worker, 'HeapProfiler.collectGarbage');
    await ask(session, worker, 'HeapProfiler.collectGarbage');
    const usage = (await ask(session, worker, 'Runtime.getHeapUsage')) as HeapUsage;
    const heap = usage.usedSize + (usage.embedderHeapUsedSize ?? 0);
    const buffers = usage.backingStorageSize ?? 0;
    return { heap, buffers, wasm: wasmBytes, total: heap + buffers + wasmBytes };
  };
}

let messages = 0;

function ask(session: CDPSession, sessionId: string, method: string): Promise<unknown> {
  const id = ++messages;
  return new Promise((resolve, reject) => {
    const hear = ({ message }: { message: string }): void => {
      const answer = JSON.parse(message) as { id?: number; result?: unknown; error?: unknown };
      if (answer.id !== id) return;
      session.off('Target.receivedMessageFromTarget', hear);
      if (answer.error) reject(new Error(JSON.stringify(answer.error)));
      else resolve(answer.result);
    };
    session.on('Target.receivedMessageFromTarget', hear);
    const message = JSON.stringify({ id, method, params: {} });
    session.send('Target.sendMessageToTarget', { message, sessionId }).catch(reject);
  });
}
