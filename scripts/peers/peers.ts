/**
 * @module
 * The peers that answer.py runs, the constants that each is tuned over, and in which order.
 */

export type Constants = Readonly<Record<string, number | string | null>>;

export interface Peer {
  /** As answer.py knows it. */
  peer: 'implicit' | 'ease' | 'itemknn';
  /** As the tables name it. */
  title: string;
  start: Constants;
  /** One after another, each from the best so far: the values to try. */
  axes: ((best: Constants) => Constants[])[];
}

/** What an answers file is made from. */
export interface Plan extends Record<string, unknown> {
  name: string;
  peer: string;
  folds: readonly number[];
  /** null: the whole history. */
  told: readonly (number | null)[];
}

export const PEERS: readonly Peer[] = [
  {
    peer: 'implicit',
    title: 'implicit ALS',
    // 64 factors as ours, nothing decays: the library as it is.
    start: { factors: 64, alpha: 4, regularization: 10, iterations: 15, weighting: 'once' },
    axes: [
      () => grid({ alpha: [1, 4, 16, 40], regularization: [0.1, 1, 10, 50] }),
      (best) => around(best, ['alpha', 'regularization']),
      () => grid({ iterations: [5, 10, 15, 30] }),
      () => grid({ weighting: ['once', 'count'] }),
    ],
  },
  {
    peer: 'ease',
    title: 'EASE, full',
    start: { lambda: 300, trainingHalfLifeDays: 180, halfLifeDays: 180 },
    axes: [
      () => grid({ trainingHalfLifeDays: [null, 90, 180, 365] }),
      () => grid({ lambda: [30, 100, 300, 1000] }),
      () => grid({ halfLifeDays: [null, 45, 90, 180, 365] }),
    ],
  },
  {
    peer: 'itemknn',
    title: 'item kNN',
    start: { neighbours: 100, shrinkage: 10, trainingHalfLifeDays: 180, halfLifeDays: 180 },
    axes: [
      () => grid({ trainingHalfLifeDays: [null, 180, 365] }),
      () => grid({ neighbours: [20, 50, 100, 200], shrinkage: [0, 20] }),
      () => grid({ halfLifeDays: [null, 45, 90, 180, 365] }),
    ],
  },
];

/** Every combination of the values. */
export function grid(values: Record<string, readonly (number | string | null)[]>): Constants[] {
  return Object.entries(values).reduce<Constants[]>(
    (found, [name, ofName]) =>
      found.flatMap((one) => ofName.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Half, the same and double of each. */
function around(best: Constants, names: readonly string[]): Constants[] {
  return grid(
    Object.fromEntries(
      names.map((name) => [name, [0.5, 1, 2].map((factor) => factor * Number(best[name]))]),
    ),
  );
}
