import { describe, expect, it } from 'vitest';
import { compareWithGolden } from './compareWithGolden.ts';
import { readGolden } from './golden.ts';

const implicit = await readGolden(new URL('golden/implicit.json', import.meta.url));
const spark = await readGolden(new URL('golden/spark.json', import.meta.url));

describe('parity with golden answers', () => {
  it.each(compareWithGolden(implicit))('implicit, $name', ({ foldIn, halfStep }) => {
    expect(foldIn).toBeLessThan(1e-9);
    expect(halfStep).toBeLessThan(1e-5);
  });

  it.each(compareWithGolden(spark))('spark, $name', ({ foldIn, halfStep }) => {
    expect(foldIn).toBeLessThan(1e-4);
    expect(halfStep).toBeLessThan(1e-4);
  });

  it('holds feedback for, against and of zero, in both', () => {
    for (const golden of [implicit, spark]) {
      const weights = golden.models.flatMap(({ cases }) => cases.flatMap((one) => one.weights));
      expect(weights.some((weight) => weight > 0)).toBe(true);
      expect(weights.some((weight) => weight < 0)).toBe(true);
      expect(weights.includes(0)).toBe(true);
    }
  });

  it('would notice the other library’s constants', () => {
    const asSpark = compareWithGolden(implicit, ({ objective }) => ({
      ...objective,
      convention: 'spark',
      alpha: 1,
    }));
    const asImplicit = compareWithGolden(spark, ({ objective }) => ({
      ...objective,
      convention: 'implicit',
      alpha: 1,
    }));
    const off = [...asSpark, ...asImplicit].filter(({ foldIn }) => foldIn > 1e-2);
    // Users with nothing in favour are zero under every convention.
    expect(off.length).toBeGreaterThan(0.7 * (asSpark.length + asImplicit.length));
  });
});
