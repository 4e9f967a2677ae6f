import { describe, expect, it } from 'vitest';
import { decodeModel, factorStride } from '../artifact/decode.ts';
import { encodeModel } from '../artifact/encode.ts';
import type { ModelParts } from '../artifact/modelParts.ts';
import { itemsTrained } from '../artifact/manifest.ts';
import { predictFactors } from './newItems.ts';
import { gramOf } from './gram.ts';
import { withNewItems } from './withNewItems.ts';

const TRAINED = {
  title: ['Red mug', 'Blue mug', 'Red spade', 'Blue spade', 'Red rake', 'Blue rake'],
  price: [4, 5, 14, 15, 16, 17],
  categories: [['Tea'], ['Tea'], ['Garden'], ['Garden'], ['Garden'], ['Garden']],
};
/** First axis: tea or garden; second: red or blue. */
const FACTORS = Float32Array.of(1, 1, 1, -1, -1, 1, -1, -1, -1, 1, -1, -1);
const FRESH = {
  title: ['A red MUG', 'blue spade', 'teapot', null],
  price: [4.5, null, null, 4],
  categories: [null, ['Garden'], ['Tea'], null],
};

describe('predicted factors', () => {
  const predict = (ridge: number) =>
    predictFactors(FACTORS, 2, TRAINED, FRESH, { ridge, steps: 100 });

  it('follow words, categories and price', () => {
    const [redMug, blueSpade, teapot] = predict(0.1).map((row) => Array.from(row ?? []));
    expect(redMug[0]).toBeGreaterThan(0.3);
    expect(redMug[1]).toBeGreaterThan(0.7);
    expect(blueSpade[0]).toBeLessThan(-0.7);
    expect(blueSpade[1]).toBeLessThan(-0.7);
    // A category alone says tea, and nothing of the colour.
    expect(teapot[0]).toBeGreaterThan(0);
    expect(Math.abs(teapot[1])).toBeLessThan(0.1);
  });

  it('are the minimum of the ridge, found by hand for one feature', () => {
    // φ = 1 for both trained rows of the word: w = Σ(y − ȳ) / (2 + λ) with ȳ = 1/3.
    const trained = { title: ['lamp', 'lamp', 'other'] };
    const [row] = predictFactors(
      Float32Array.of(1, 1, -1),
      1,
      trained,
      { title: ['lamp'] },
      {
        ridge: 2,
        steps: 10,
      },
    );
    expect(row?.[0]).toBeCloseTo(1 / 3 + (2 * (2 / 3)) / 4, 6);
  });

  it('are drawn to the mean by a large ridge, and not given where nothing is known', () => {
    const [redMug, , , unknown] = predict(1e6);
    expect(redMug?.[0]).toBeCloseTo(-1 / 3, 3);
    expect(unknown).toBeNull();
    const none = predictFactors(FACTORS, 2, { size: [1, 2, 3, 4, 5, 6] }, { size: [1] });
    expect(none).toEqual([null]);
  });
});

describe('a model with new items', () => {
  const parts: ModelParts = {
    ids: ['a', 'b', 'c', 'd', 'e', 'f'],
    dim: 2,
    factors: FACTORS,
    prior: Float64Array.of(0.1, 0.2),
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    halfLifeDays: null,
    trendingDays: 60,
    statistics: { popularity: [6, 5, 4, 3, 2, 1], trending: [1, 1, 1, 1, 1, 1] },
    catalogue: TRAINED,
    createdAt: '2026-01-01T00:00:00.000Z',
  };

  it('marks them, counts them in nothing, and learns by the trained ones alone', async () => {
    const extended = withNewItems(parts, ['n0', 'n1', 'n2', 'n3'], {
      ...FRESH,
      size: [1, 2, 3, 4],
    });
    expect(extended.ids).toEqual([...parts.ids, 'n0', 'n1', 'n2']);
    const { manifest, files } = await encodeModel(extended);
    expect(manifest).toMatchObject({ items: 9, trainedItems: 6 });
    expect(itemsTrained(manifest)).toBe(6);
    const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
    const read = ({ name }: { name: string }) =>
      Promise.resolve(bytesOf.get(name) ?? new Uint8Array());
    const target = new Int8Array(9 * factorStride(2));
    const model = await decodeModel(manifest, read, target);
    const row = model.rowOf.get('n1') ?? -1;
    expect(model.statistics.popularity[row]).toBe(0);
    expect(model.catalogue['title'][row]).toBe('blue spade');
    expect(model.catalogue['size'][row]).toBe(2);
    expect(model.catalogue['size'][model.rowOf.get('a') ?? -1]).toBeNull();
    // YᵀY is of what people could have chosen.
    expect(Array.from(model.gram)).toEqual(Array.from(gramOf(FACTORS, 6, 2)));
    const statistics = manifest.files.find(({ role }) => role === 'statistics');
    const text = new TextDecoder().decode(bytesOf.get(statistics?.name ?? ''));
    const { predicted } = JSON.parse(text) as { predicted: number[] };
    const marked = model.ids.filter((_, at) => predicted[at] === 1);
    expect(marked.sort()).toEqual(['n0', 'n1', 'n2']);
  });

  it('is the same model when nothing is known of any', () => {
    expect(withNewItems(parts, ['x'], { title: ['unheard of'] })).toBe(parts);
    expect(withNewItems(parts, [], {})).toBe(parts);
  });
});
