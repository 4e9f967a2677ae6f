/**
 * @module
 * A large model, for tests of what large ones cost: norms that fall as a trained one's do, titles and
 * categories of a shop's, neighbours, a learned blend with every signal, seasons and all counts.
 */
import { encodeModel, type EncodedModel } from '../artifact/encode.ts';
import { SIGNALS } from '../blend.ts';
import { seededRandom } from '../training/seededRandom.ts';

const DIM = 64;
const NEIGHBOURS = 24;
const WORDS = 20_000;
const CATEGORIES = 300;

export function largeModel(rows: number): Promise<EncodedModel> {
  const random = seededRandom(1);
  const below = (bound: number): number => Math.floor(random() * bound);
  const column = <T>(make: (row: number) => T): T[] =>
    Array.from({ length: rows }, (_, row) => make(row));
  /** Few are had by many. */
  const count = (most: number) => (row: number) => Math.floor((most * random()) / (1 + row / 50));
  const factors = new Float32Array(rows * DIM);
  for (let row = 0; row < rows; row++) {
    const length = (1 + row) ** -0.3;
    for (let f = 0; f < DIM; f++) factors[row * DIM + f] = (random() - 0.5) * length;
  }
  const starts = Uint32Array.from({ length: rows + 1 }, (_, row) => row * NEIGHBOURS);
  const neighbours = new Int32Array(rows * NEIGHBOURS);
  for (let row = 0; row < rows; row++) {
    const others = new Set<number>();
    while (others.size < NEIGHBOURS) others.add(below(rows));
    neighbours.set(
      [...others].sort((left, right) => left - right),
      row * NEIGHBOURS,
    );
  }
  const months = Object.fromEntries(
    Array.from({ length: 12 }, (_, month) => [`month${month + 1}`, column(count(100))]),
  ) as Record<`month${number}`, number[]>;
  const word = (): string => `word${Math.floor(WORDS ** random())}`;
  return encodeModel({
    ids: column((row) => `item-${row}`),
    dim: DIM,
    factors,
    prior: Float64Array.from({ length: DIM }, () => random() * 0.1),
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    halfLifeDays: 100,
    trendingDays: 60,
    statistics: {
      popularity: column(count(10_000)),
      trending: column(count(1000)),
      recent30: column(count(500)),
      recent10: column(count(200)),
      ageDays: column(() => below(700)),
      ...months,
    },
    neighbours: {
      starts,
      rows: neighbours,
      weights: Float32Array.from(neighbours, () => random()),
    },
    blend: {
      recentHalfLifeDays: 10,
      signals: SIGNALS.map((signal) => ({ signal, weight: 0.2, whenNew: 0.1, spread: 1 })),
    },
    catalogue: {
      title: column(() => Array.from({ length: 6 }, word).join(' ')),
      url: column((row) => `/products/item-${row}`),
      image: column((row) => `https://images.example/${row}/large.webp`),
      price: column(() => below(10_000) / 100),
      categories: column(() => [`Category ${below(CATEGORIES)}`, `Category ${below(CATEGORIES)}`]),
    },
    createdAt: '2026-01-01T00:00:00.000Z',
  });
}
