/**
 * @module
 * Refinement in a real worker: the closed form answers first, the refined embedding takes its place,
 * and one that has gone stale is dropped.
 */
import { wrap, type Remote } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import type { FeedbackEvent } from '../events.ts';
import type { LearnReport, Notice, OpenRequest, WorkerApi } from './api.ts';
import { LIST, openRequest, valueOf } from './openRequest.case.ts';

const workers: Worker[] = [];
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

interface Opened {
  service: Remote<WorkerApi>;
  reports: LearnReport[];
}

async function open(learner: OpenRequest['learner']): Promise<Opened> {
  const worker = new Worker(new URL('./entry.case.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  const reports: LearnReport[] = [];
  worker.addEventListener('message', ({ data }: MessageEvent<Partial<Notice & { id: string }>>) => {
    if (!data.id && data.update) reports.push(data.update.report);
  });
  const service = wrap<WorkerApi>(worker);
  valueOf(
    await service.open(
      openRequest({
        manifestUrl: '/demo/model/manifest.json',
        databaseName: 'refine-test',
        storage: 'memory',
        learner,
        retrieval: 'wasm',
      }),
    ),
  );
  return { service, reports };
}

let events = 0;
const now = Date.now();
function event(itemId: string, action = 'purchase'): FeedbackEvent {
  return { id: `r${events++}`, itemId, action, timestamp: now, sessionId: 's' };
}

const scoresOf = async ({ service }: Opened) =>
  valueOf(await service.recommend(LIST)).map(({ itemId, score }) => [itemId, score] as const);
/** The largest difference in score; the clock runs on between two answers. */
async function difference(left: Opened, right: Opened): Promise<number> {
  const expected = new Map(await scoresOf(right));
  const all = (await scoresOf(left)).map(([id, score]) =>
    Math.abs(score - (expected.get(id) ?? 9)),
  );
  return Math.max(...all);
}

const LIKED = ['85048', '22086', '84879'];

describe('the refinement', () => {
  it.each(['bpr', 'sampled-softmax', 'softmax'] as const)(
    '%s follows the closed form, and says what it cost',
    async (learner) => {
      const closed = await open('closed-form');
      const refined = await open(learner);
      for (const one of [closed, refined]) {
        valueOf(await one.service.learn(LIKED.map((id) => event(id))));
      }
      // The answer that is there at once is the closed form's.
      expect(refined.reports).toEqual([]);
      expect(await difference(refined, closed)).toBeLessThan(1e-6);

      await expect.poll(() => refined.reports, { timeout: 50_000 }).toHaveLength(1);
      const [report] = refined.reports;
      expect(report).toMatchObject({ events: 0, changed: true, refinement: { loss: learner } });
      const { steps, ms, tensors, bytes, residual, backend } = report.refinement ?? expect.fail();
      for (const value of [steps, ms, tensors, bytes, residual]) expect(value).toBeGreaterThan(0);
      expect(['webgpu', 'wasm']).toContain(backend);
      expect(await difference(refined, closed)).toBeGreaterThan(1e-3);
      expect(valueOf(await refined.service.profile()).refinement).toEqual(report.refinement);
      expect(valueOf(await closed.service.profile()).refinement).toBeNull();
    },
  );

  it('drops what newer events have made stale, and refines once for each that counts', async () => {
    const refined = await open('bpr');
    const asked = [];
    for (const id of LIKED) asked.push(refined.service.learn([event(id)]));
    await Promise.all(asked);
    await expect.poll(() => refined.reports, { timeout: 50_000 }).toHaveLength(1);
    const once = await open('bpr');
    valueOf(await once.service.learn(LIKED.map((id) => event(id))));
    await expect.poll(() => once.reports, { timeout: 50_000 }).toHaveLength(1);
    expect(await difference(refined, once)).toBeLessThan(1e-3);
    // What says nothing of taste refines nothing, and the refined embedding stays.
    const before = await scoresOf(refined);
    valueOf(await refined.service.learn([event('22423', 'impression')]));
    expect(await scoresOf(refined)).toEqual(before);
    expect(refined.reports).toHaveLength(1);
  });

  it('is forgotten with what it was made of', async () => {
    const refined = await open('bpr');
    valueOf(await refined.service.learn([event(LIKED[0])]));
    await expect.poll(() => refined.reports, { timeout: 50_000 }).toHaveLength(1);
    valueOf(await refined.service.forget());
    const { refinement, distance } = valueOf(await refined.service.profile());
    expect([refinement, distance]).toEqual([null, 0]);
    expect(refined.reports).toHaveLength(1);
  });
});
