import { afterEach, expect, test, vi } from 'vitest';
import type { SottoError } from '../errors.ts';
import { freshName, rawRecords, start } from './testing.case.ts';
import type { Recommender } from './types.ts';

const TheWorker = Worker;
afterEach(() => void vi.unstubAllGlobals());

/** As a policy does: some throw, some say so afterwards. @returns the addresses that were tried. */
function refuseWorkers(isRefused: (url: string) => boolean, how: 'throw' | 'event'): string[] {
  const tried: string[] = [];
  const refusing = function (url: string | URL, options?: WorkerOptions): Worker {
    tried.push(String(url));
    if (!isRefused(String(url))) return new TheWorker(url, options);
    if (how === 'throw') throw new DOMException('refused by the policy', 'SecurityError');
    const worker = new EventTarget() as Worker;
    worker.postMessage = worker.terminate = () => {};
    setTimeout(() => void worker.onerror?.(new Event('error') as ErrorEvent));
    return worker;
  };
  vi.stubGlobal('Worker', refusing);
  return tried;
}

const listOf = async (sotto: Recommender, liked: string) => {
  sotto.track({ itemId: liked, action: 'like' });
  await sotto.flush();
  const list = await sotto.recommend({ count: 12 });
  const { contributions } = await sotto.explain(list[0].itemId);
  return { list, shares: contributions.map(({ itemId }) => itemId) };
};

/** Times of learning differ, and decay with them. */
const rounded = ({ list, shares }: Awaited<ReturnType<typeof listOf>>) => ({
  shares,
  list: list.map(({ itemId, source, score }) => [itemId, source, score.toFixed(4)]),
});

const warningsOf = (sotto: Recommender): SottoError[] => {
  const heard: SottoError[] = [];
  sotto.on('error', (error) => heard.push(error));
  return heard;
};

for (const how of ['throw', 'event'] as const) {
  test(`refused everywhere (${how}), lists come from the page's own thread, with one warning`, async () => {
    const free = await start();
    const [{ itemId }] = await free.popular({ count: 1 });
    const expected = rounded(await listOf(free, itemId));
    const tried = refuseWorkers(() => true, how);
    const name = freshName();
    const sotto = await start({ name });
    const warnings = warningsOf(sotto);
    expect(rounded(await listOf(sotto, itemId))).toEqual(expected);
    expect((await sotto.ready).storage).toBe('indexeddb');
    expect(tried).toHaveLength(2);
    expect(warnings.map(({ code }) => code)).toEqual(['worker-unavailable']);
    // What was learned is kept where it always is.
    const kept = await rawRecords(name);
    expect([kept['events'].length, kept['preferences'].length]).toEqual([1, 1]);
    sotto.destroy();
    vi.unstubAllGlobals();
    const later = await start({ name });
    expect((await later.recommend({ count: 12 })).map((one) => one.itemId)).toEqual(
      expected.list.map(([id]) => id),
    );
  });
}

test('on the page’s own thread a refusal empties the store, and bad options are refused as ever', async () => {
  refuseWorkers(() => true, 'throw');
  const name = freshName();
  const sotto = await start({ name });
  const [{ itemId }] = await sotto.popular({ count: 1 });
  await listOf(sotto, itemId);
  await expect(sotto.recommend({ count: 0 })).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(sotto.similar('nothing')).rejects.toMatchObject({ code: 'unknown-item' });
  await sotto.setConsent('denied');
  const { settings, ...emptied } = await rawRecords(name);
  expect(settings).toEqual(['denied']);
  for (const records of Object.values(emptied)) expect(records).toEqual([]);
  expect(await sotto.recommend({ count: 3 })).toHaveLength(3);
});

test('two recommenders of one page share a script, and nothing else', async () => {
  refuseWorkers(() => true, 'throw');
  const [one, other] = [await start(), await start()];
  const [{ itemId }] = await one.popular({ count: 1 });
  await listOf(one, itemId);
  expect((await one.profile()).items).toHaveLength(1);
  expect((await other.profile()).items).toEqual([]);
  one.destroy();
  expect(await other.recommend({ count: 3 })).toHaveLength(3);
});

test('a script that is not there fails on every rung, and is said once', async () => {
  const sotto = await start({ workerUrl: new URL('/no-worker.js', location.href).href });
  const warnings = warningsOf(sotto);
  await expect(sotto.recommend()).rejects.toMatchObject({ code: 'worker-unavailable' });
  expect(warnings.map(({ code }) => code)).toEqual(['worker-unavailable']);
});

test('ended on the way down, it rejects with that', async () => {
  refuseWorkers(() => true, 'throw');
  const sotto = await start();
  const asked = sotto.recommend();
  sotto.destroy();
  await expect(asked).rejects.toMatchObject({ code: 'destroyed' });
});
