/**
 * @module
 * The WebGPU engine on whatever adapter there is; without a GPU, Chromium's own in software. In
 * both forms of its shaders: the plain one, and with all that the device offers.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { itemFactors } from '../testing/itemFactors.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { describeRetrievalEngine } from './contract.case.ts';
import { createReferenceRetrieval } from './reference.ts';
import type { TopKQuery } from './types.ts';
import { createWebGpuRetrieval } from './webgpu.ts';
import type { ShaderFeatures } from './webgpu/shaders.ts';

const adapter = await navigator.gpu.requestAdapter();
if (!adapter) throw new Error('these tests need WebGPU; in software it is always there');
const subgroups = adapter.features.has('subgroups');
const packedDot = navigator.gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product');
const device = await adapter.requestDevice({ requiredFeatures: subgroups ? ['subgroups'] : [] });
const plain: ShaderFeatures = { packedDot: false, subgroups: false };
const forms: ShaderFeatures[] = [plain];
if (packedDot || subgroups) forms.push({ packedDot, subgroups });
const uncaptured: string[] = [];
device.onuncapturederror = ({ error }) => void uncaptured.push(error.message);
afterAll(() => {
  expect(uncaptured).toEqual([]);
  device.destroy();
});

describe.each(forms)('packed dot $packedDot, subgroups $subgroups', (features) => {
  describeRetrievalEngine('webgpu', (factors) => createWebGpuRetrieval(device, factors, features));

  /** Several groups of rows. `distinct`: how many different rows there are, so how many ties. */
  function manyRows(rows: number, dim: number, distinct: number, seed: number) {
    const random = seededRandom(seed);
    const different = Array.from({ length: distinct }, () =>
      Array.from({ length: dim }, () => Math.round(random() * 254 - 127)),
    );
    return itemFactors(
      Array.from({ length: rows }, () => different[Math.floor(random() * distinct)]),
      dim,
      1 / 127,
    );
  }

  it.each([
    { rows: 9000, dim: 24, distinct: 9000, k: 50 },
    { rows: 9000, dim: 24, distinct: 9000, k: 2500 },
    { rows: 6001, dim: 7, distinct: 40, k: 300 },
    { rows: 4096, dim: 16, distinct: 1, k: 300 },
    { rows: 2049, dim: 16, distinct: 2049, k: 2049 },
  ])('gives the same list as the reference: $rows rows, k = $k', async (shape) => {
    const factors = manyRows(shape.rows, shape.dim, shape.distinct, 5);
    const reference = createReferenceRetrieval(factors);
    const engine = await createWebGpuRetrieval(device, factors, features);
    const random = seededRandom(6);
    for (const measure of ['inner-product', 'cosine'] as const) {
      for (const mask of [null, Uint8Array.from(factors.blockNorms, () => random() * 256)]) {
        const vector = Float64Array.from({ length: shape.dim }, () => random() - 0.5);
        const query: TopKQuery = { vector, k: shape.k, mask, measure };
        expect(await engine.topK(query)).toEqual(reference.topK(query));
      }
    }
    engine.dispose();
  });

  it('passes over groups of small norm, and still finds what is in them', async () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 7000 }, (_, row) =>
      Array.from({ length: 16 }, () => Math.round((random() * 254 - 127) / (1 + row / 300))),
    );
    const factors = itemFactors(rows);
    const reference = createReferenceRetrieval(factors);
    const engine = await createWebGpuRetrieval(device, factors, features);
    for (const k of [1, 10, 1000]) {
      const vector = Float64Array.from({ length: 16 }, () => random() - 0.5);
      const query: TopKQuery = { vector, k, mask: null, measure: 'inner-product' };
      expect(await engine.topK(query)).toEqual(reference.topK(query));
    }
  });
});

describe('the WebGPU engine', () => {
  const factors = itemFactors(
    Array.from({ length: 300 }, (_, row) => [row % 100, (row * 7) % 50, 3]),
  );
  const query: TopKQuery = {
    vector: Float64Array.of(1, -0.5, 0.25),
    k: 5,
    mask: null,
    measure: 'inner-product',
  };

  it('answers calls that overlap, each with its own list', async () => {
    const reference = createReferenceRetrieval(factors);
    const engine = await createWebGpuRetrieval(device, factors, plain);
    const mask = new Uint8Array(38);
    const queries: TopKQuery[] = Array.from({ length: 12 }, (_, index) => ({
      vector: Float64Array.of(Math.cos(index), Math.sin(index), 0.1),
      k: 1 + ((index * 5) % 40),
      mask: index % 3 === 0 ? mask : null,
      measure: index % 2 === 0 ? 'cosine' : 'inner-product',
    }));
    const expected = queries.map((each) => reference.topK(each));
    const answers = queries.map((each) => engine.topK(each));
    // What is given is read before the call returns.
    mask.fill(255);
    for (const [index, answer] of answers.entries()) expect(await answer).toEqual(expected[index]);
  });

  it('says that the device is lost', async () => {
    const lost = await (await navigator.gpu.requestAdapter())?.requestDevice();
    if (!lost) throw new Error('no second device');
    const engine = await createWebGpuRetrieval(lost, factors, plain);
    await engine.topK(query);
    lost.destroy();
    await expect(engine.topK(query)).rejects.toMatchObject({ code: 'webgpu-unavailable' });
  });

  it('says that the factors do not fit, and leaves the device as it was', async () => {
    const { limits } = device;
    const rows = limits.maxStorageBufferBindingSize / 16 + 1;
    const huge = { ...factors, rows };
    await expect(createWebGpuRetrieval(device, huge, plain)).rejects.toMatchObject({
      code: 'webgpu-unavailable',
      message: expect.stringContaining(`at most ${limits.maxStorageBufferBindingSize}`) as string,
    });
    const engine = await createWebGpuRetrieval(device, factors, plain);
    expect((await engine.topK(query)).rows).toHaveLength(5);
  });
});
