import { afterEach, describe, expect, it } from 'vitest';
import type { SottoError } from '../errors.ts';
import { createReferenceRetrieval } from '../model/retrieval/reference.ts';
import type { TopKQuery } from '../model/retrieval/types.ts';
import { smallModel } from '../model/testing/smallModel.ts';
import { chooseRetrieval, type RetrievalNeeds } from './chooseRetrieval.ts';

const model = smallModel();
const given = createReferenceRetrieval(model.factors);
const query: TopKQuery = { vector: Float64Array.of(1, 2), k: 3, mask: null, measure: 'cosine' };
let warnings: SottoError[] = [];
const needs = (part: Partial<RetrievalNeeds>): RetrievalNeeds => ({
  wanted: 'auto',
  given,
  model,
  sharedDevice: null,
  warn: (error) => void warnings.push(error),
  ...part,
});

afterEach(() => {
  warnings = [];
});

describe('the choice of what ranks', () => {
  it('leaves a small catalogue to what came with the model, at once', async () => {
    const engine = await chooseRetrieval(needs({}));
    expect(engine.name).toBe('typescript');
    expect(engine.topK(query)).toEqual(given.topK(query));
  });

  it('looks for a GPU above some size, behind the lists, and without a word when there is none', async () => {
    const rows = 250_000;
    const values = Int8Array.from({ length: rows * 16 }, (_, place) =>
      place % 16 < 2 ? (place * 7) % 101 : 0,
    );
    const blockNorms = new Float64Array(rows / 250).fill(150);
    const large = { ...model.factors, rows, values, blockRows: 250, blockNorms, scale: 1 };
    const slow = createReferenceRetrieval(large);
    const engine = await chooseRetrieval(
      needs({ given: slow, model: { ...model, factors: large } }),
    );
    // With a GPU it may change over at any moment: the lists must be the same throughout.
    for (let turn = 0; turn < 10; turn++) {
      expect(await engine.topK(query)).toEqual(slow.topK(query));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const adapter = await navigator.gpu.requestAdapter();
    if (adapter?.info.isFallbackAdapter) expect(engine.name).toBe('typescript');
    expect(warnings).toEqual([]);
    engine.dispose();
  });

  it('answers from what came with the model once the GPU is lost, and says so once', async () => {
    const device = await (await navigator.gpu.requestAdapter())?.requestDevice();
    if (!device) throw new Error('WebGPU must be there, in software at least');
    const engine = await chooseRetrieval(needs({ wanted: 'webgpu', sharedDevice: device }));
    expect(engine.name).toBe('webgpu');
    expect(await engine.topK(query)).toEqual(given.topK(query));
    device.destroy();
    const both = await Promise.all([engine.topK(query), engine.topK(query)]);
    expect(both).toEqual([given.topK(query), given.topK(query)]);
    expect(engine.name).toBe('typescript');
    expect(warnings.map(({ code }) => code)).toEqual(['webgpu-unavailable']);
  });

  it('still names an argument that is wrong', async () => {
    const engine = await chooseRetrieval(needs({ wanted: 'webgpu' }));
    expect(() => engine.topK({ ...query, k: 0 })).toThrow('k must be a whole number');
    expect(warnings).toEqual([]);
    engine.dispose();
  });

  it('leaves a device that is shared to those who share it', async () => {
    const device = await (await navigator.gpu.requestAdapter())?.requestDevice();
    if (!device) throw new Error('WebGPU must be there, in software at least');
    (await chooseRetrieval(needs({ wanted: 'webgpu', sharedDevice: device }))).dispose();
    const engine = await chooseRetrieval(needs({ wanted: 'webgpu', sharedDevice: device }));
    expect(await engine.topK(query)).toEqual(given.topK(query));
    expect(engine.name).toBe('webgpu');
    engine.dispose();
    device.destroy();
  });
});
