import { afterEach, beforeEach, expect, it } from 'vitest';
import { compactModel, LISTS, QUERIES } from '../model/artifact/compactLists.case.ts';
import { readManifest } from '../model/artifact/readManifest.ts';
import { kernelUrls } from './kernelUrls.ts';
import { assembleModel } from './loadModel.ts';
import { createModelFiles } from './modelFiles.ts';
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
  const urls = kernelUrls({ kernelUrl: KERNELS }, '-compact');
  expect(urls).toHaveLength(2);
  const files = createModelFiles(publisher.manifestUrl, null);
  const manifest = await readManifest(await files.freshManifest());
  for (const url of urls) {
    const bytes = await (await fetch(url)).arrayBuffer();
    const { retrieval, warnings, model } = await assembleModel(manifest, files.read, () =>
      Promise.resolve(bytes),
    );
    expect(warnings).toEqual([]);
    expect(retrieval.name).toBe('wasm');
    expect(model.manifest.quantization.kind).toBe('pq4');
    expect(QUERIES.map((query) => [...retrieval.topK(query).rows])).toEqual(LISTS);
  }
});
