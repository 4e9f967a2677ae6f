/**
 * The peers themselves, on a log whose right answer is known. Runs when asked for (`npm run parity`),
 * where there is a Python.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { splitOf } from '../../cli/evaluation/evaluateFold.ts';
import { writeGroups } from '../../cli/evaluation/groups.ts';
import type { EvaluationOptions } from '../../cli/evaluation/options.ts';
import { readAnswers } from '../../cli/evaluation/answers.ts';
import { scratchFolder } from '../../cli/runHere.case.ts';
import { valuesOf } from '../../src/model/evaluation/measure.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import { tableOf } from '../../src/model/evaluation/table.case.ts';
import { whyNot } from '../parity/whyNot.ts';
import { askPeers } from './askPeers.ts';
import { forEvaluate } from './forEvaluate.ts';
import { grid, PEERS } from './peers.ts';
import { tune } from './tune.ts';

const LIVE_MS = 20 * 60_000;

const scratch = scratchFolder();
afterAll(() => scratch.remove());

it('hands on to evaluate what is its own', () => {
  const given = '--interactions a b --tune-folds 1 --peers ease itemknn --seed 2 --tune-folds=3';
  expect(forEvaluate(given.split(' ')).join(' ')).toBe('--interactions a b --seed 2');
});

it('grid gives every combination once', () => {
  expect(grid({ a: [1, 2], b: [null, 'x', 3] })).toEqual(
    [1, 2].flatMap((a) => [null, 'x', 3].map((b) => ({ a, b }))),
  );
});

it('starts each peer from constants that its axes name', () => {
  for (const { start, axes } of PEERS) {
    const named = new Set(axes.flatMap((axis) => axis(start).flatMap((one) => Object.keys(one))));
    for (const name of named) expect(Object.keys(start)).toContain(name);
  }
});

describe('the peers', () => {
  /** Two tastes of 30 items; everyone walks through theirs, five a time. */
  const log = tableOf(
    Array.from({ length: 60 }, (_, user) =>
      Array.from({ length: 25 }, (_, step) => {
        const item = `${user % 2 ? 'a' : 'b'}${(user + step) % 30}`;
        return `u${user} ${item} ${Math.floor(step / 5) * 20}`;
      }),
    )
      .flat()
      .join('\n'),
  );
  const options: EvaluationOptions = {
    ...{ protocol: 'replay', period: 'test', folds: 2, until: 0.8, seed: 1, trendExponent: 0 },
    model: {
      ...{ dim: 1, epochs: 1, repeat: 'once', seed: 1, halfLifeDays: null, trendingDays: 60 },
      objective: { convention: 'ials', alpha0: 1, lambda: 1, nu: 1 },
    },
  };

  it('find the taste, told much or little', { timeout: LIVE_MS }, async ({ skip }) => {
    const reason = await whyNot('implicit');
    if (reason !== null) return skip(reason);
    const folds = [0, 1].map((fold) => splitOf(log, options, fold));
    const paper = scratch.path('groups.jsonl');
    await writeGroups(paper, log, folds, options, 20);
    const ask = await askPeers(paper, scratch.path('answers'));
    const small = PEERS.map((peer) => ({ ...peer, axes: peer.axes.slice(0, 1) }));
    const tuned = await tune(small, folds, [0], ask, () => {});
    const plans = tuned.map(({ peer, constants }) => ({
      ...{ peer: peer.peer, ...constants },
      ...{ folds: [0, 1], told: [null, 1, 5] },
    }));
    const files = await ask(plans);
    for (const [index, { peer, tried }] of tuned.entries()) {
      expect(tried.length, peer.title).toBe(peer.axes[0](peer.start).length);
      const answers = await readAnswers({ engine: peer.title, file: files[index] }, folds, 20);
      for (const [fold, { lists, told }] of answers.entries()) {
        expect([...told.keys()]).toEqual([1, 5]);
        // Ten unseen items of the visitor's taste are left, and a list holds twenty.
        const values = valuesOf(lists, folds[fold], recallAt(20));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(mean, peer.title).toBeGreaterThan(0.9);
      }
    }
    // Asked again, nothing is made again.
    expect(await ask(plans)).toEqual(files);
  });
});
