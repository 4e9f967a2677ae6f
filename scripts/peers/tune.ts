/**
 * @module
 * The constants of each peer, chosen on the validation period: axis after axis, each from the best
 * so far, by mean Recall@20 over the groups of a few folds.
 */
import { readAnswers } from '../../cli/evaluation/answers.ts';
import { valuesOf } from '../../src/model/evaluation/measure.ts';
import { recallAt } from '../../src/model/evaluation/metrics.ts';
import type { Fold } from '../../src/model/evaluation/types.ts';
import type { AskPeers } from './askPeers.ts';
import type { Constants, Peer } from './peers.ts';

/** What is tuned for looks at the first 20, also where more are asked for. */
const LENGTH = 20;
const MOST = 100;

export interface Tuned {
  peer: Peer;
  constants: Constants;
  /** Of all that were tried, best first. */
  tried: { constants: Constants; recall: number }[];
}

/**
 * @param folds - the question papers of all folds; those not in `tuneFolds` are not asked.
 * @param say - told what has been found.
 */
export async function tune(
  peers: readonly Peer[],
  folds: readonly Fold[],
  tuneFolds: readonly number[],
  ask: AskPeers,
  say: (text: string) => void,
): Promise<Tuned[]> {
  const found = peers.map((peer): Tuned => ({ peer, constants: peer.start, tried: [] }));
  const asked = folds.map((fold, index) =>
    tuneFolds.includes(index) ? fold : { ...fold, cases: [] },
  );
  const steps = Math.max(...peers.map(({ axes }) => axes.length));
  for (let step = 0; step < steps; step++) {
    // All peers in one go: reading the question paper is not for nothing.
    const candidates = found.flatMap((one) =>
      untried(one, step).map((constants) => ({ one, constants })),
    );
    const files = await ask(
      candidates.map(({ one, constants }) => ({
        peer: one.peer.peer,
        ...constants,
        folds: tuneFolds,
        told: [null],
      })),
    );
    for (const [index, { one, constants }] of candidates.entries()) {
      one.tried.push({ constants, recall: await recallOf(files[index], asked) });
    }
    for (const one of found) {
      one.tried.sort((left, right) => right.recall - left.recall);
      one.constants = one.tried[0].constants;
      const { recall } = one.tried[0];
      say(`step ${step + 1}/${steps}: ${one.peer.title} ${recall.toFixed(4)} ${shownOf(one)}`);
    }
  }
  return found;
}

export function shownOf({ constants }: Pick<Tuned, 'constants'>): string {
  return Object.entries(constants)
    .map(([name, value]) => `${name} ${value ?? 'none'}`)
    .join(', ');
}

function untried({ peer, constants, tried }: Tuned, step: number): Constants[] {
  const known = new Set(tried.map((one) => JSON.stringify(one.constants)));
  return (peer.axes[step]?.(constants) ?? [])
    .map((values) => ({ ...constants, ...values }))
    .filter((one) => !known.has(JSON.stringify(one)));
}

async function recallOf(file: string, folds: readonly Fold[]): Promise<number> {
  const answers = await readAnswers({ engine: 'peer', file }, folds, MOST);
  const values = folds.flatMap((fold, index) => [
    ...valuesOf(answers[index].lists, fold, recallAt(LENGTH)),
  ]);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
