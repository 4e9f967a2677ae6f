import { describe, expect, it } from 'vitest';
import { createRetrieval } from '../model/retrieval/createRetrieval.ts';
import { itemFactors } from '../model/testing/itemFactors.ts';
import { trainCodebooks } from '../model/training/codebooks.ts';
import { kernelUrls } from './kernelUrls.ts';

const KERNELS = new URL('/dist/sotto-kernels.wasm', location.href).href;

describe('kernelUrls', () => {
  it('names the relaxed build first where it is understood', () => {
    expect(kernelUrls({ kernelUrl: KERNELS }, '')).toEqual([
      KERNELS.replace('.wasm', '-relaxed.wasm'),
      KERNELS,
    ]);
    expect(kernelUrls({ kernelUrl: 'https://cdn.test/k.wasm?v=1' }, '-compact')).toEqual([
      'https://cdn.test/k-compact-relaxed.wasm?v=1',
      'https://cdn.test/k-compact.wasm?v=1',
    ]);
  });

  it('goes by the names that a bundler has given', () => {
    const addresses = {
      kernelUrl: 'https://cdn.test/k-1.wasm',
      otherKernels: { '-relaxed': 'https://cdn.test/k-2.wasm', '-compact': 'data:,' },
    };
    expect(kernelUrls(addresses, '')).toEqual([
      'https://cdn.test/k-2.wasm',
      'https://cdn.test/k-1.wasm',
    ]);
    expect(kernelUrls(addresses, '-compact')).toContain('data:,');
  });

  it('leaves a name alone that is not of a .wasm file', () => {
    const kernelUrl = `${KERNELS}.missing`;
    expect(kernelUrls({ kernelUrl }, '')).toEqual([kernelUrl]);
    expect(kernelUrls({ kernelUrl }, '-compact')).toEqual([kernelUrl]);
  });
});

describe('both builds of the kernels', () => {
  it('give the same lists', async () => {
    const dim = 40;
    const rows = Array.from({ length: 2000 }, (_, row) =>
      Array.from({ length: dim }, (_, f) =>
        Math.round((127 * Math.sin(row * dim + f * f)) / (1 + row / 500)),
      ),
    );
    const factors = itemFactors(rows, dim);
    const centroids = trainCodebooks(factors.values, factors.rows, factors.stride, dim);
    for (const kind of ['int8', 'pq4'] as const) {
      const urls = kernelUrls({ kernelUrl: KERNELS }, kind === 'int8' ? '' : '-compact');
      const builds = await Promise.all(urls.map(async (url) => (await fetch(url)).arrayBuffer()));
      expect(builds).toHaveLength(2);
      const lists = [];
      for (const bytes of builds) {
        const memory = await createRetrieval(bytes, { ...factors, kind });
        memory.target.set(factors.values);
        const engine = await memory.open({
          factors: { ...factors, values: memory.target },
          centroids,
        });
        for (const measure of ['inner-product', 'cosine'] as const) {
          for (let seed = 0; seed < 20; seed++) {
            const vector = Float64Array.from({ length: dim }, (_, f) => Math.sin(f * seed + seed));
            lists.push(engine.topK({ vector, k: 30, mask: null, measure }));
          }
        }
      }
      expect(lists.slice(0, 40)).toEqual(lists.slice(40));
    }
  });
});
