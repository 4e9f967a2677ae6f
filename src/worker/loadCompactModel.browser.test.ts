import { afterEach, beforeEach, expect, it } from 'vitest';
import { compactModel, LISTS, QUERIES } from '../model/artifact/compactLists.case.ts';
import { kernelUrls } from './kernelUrls.ts';
import { loadModel } from './loadModel.ts';
import { createPublisher } from './publish.case.ts';

const KERNELS = new URL('/dist/sotto-kernels.wasm', location.href).href;

let publisher: ReturnType<typeof createPublisher>;

beforeEach(() => {
  publisher = createPublisher();
});

afterEach(() => {
  publisher.restore();
});

it('gives the lists that Node gives of a compact model, with either build', async () => {
  publisher.publish(await compactModel());
  const urls = kernelUrls(KERNELS);
  expect(urls).toHaveLength(2);
  for (const url of urls) {
    const { retrieval, warnings, model } = await loadModel(publisher.manifestUrl, url);
    expect(warnings).toEqual([]);
    expect(retrieval.name).toBe('wasm');
    expect(model.manifest.quantization.kind).toBe('pq4');
    expect(QUERIES.map((query) => [...retrieval.topK(query).rows])).toEqual(LISTS);
  }
});
