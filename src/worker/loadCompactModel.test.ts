import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKernels } from '../../scripts/buildKernels.ts';
import { chooseQuantization } from '../model/artifact/chooseQuantization.ts';
import { compactModel, LISTS, QUERIES } from '../model/artifact/compactLists.case.ts';
import { encodeModel, type EncodedModel } from '../model/artifact/encode.ts';
import type { ModelParts } from '../model/artifact/modelParts.ts';
import { createReferenceRetrieval } from '../model/retrieval/reference.ts';
import { nearlyNormal, seededRandom } from '../model/training/seededRandom.ts';
import { loadModel } from './loadModel.ts';

const ITEMS = 700;
const DIM = 12;
const files = new Map<string, Uint8Array>();
let server: Server;
let base: string;

beforeAll(async () => {
  const random = seededRandom(8);
  const factors = Float32Array.from(
    { length: ITEMS * DIM },
    (_, at) => nearlyNormal(random) / (1 + Math.floor(at / DIM) / 100),
  );
  const parts: ModelParts = {
    ids: Array.from({ length: ITEMS }, (_, item) => `item ${item}`),
    ...{ dim: DIM, factors, prior: new Float64Array(DIM) },
    objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
    ...{ halfLifeDays: null, trendingDays: 60, catalogue: {} },
    statistics: {
      popularity: new Array<number>(ITEMS).fill(1),
      trending: new Array<number>(ITEMS).fill(1),
    },
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const queries = [Float64Array.from({ length: DIM }, () => nearlyNormal(random))];
  const { quantized } = await chooseQuantization(parts, 'pq4', 0.9, queries, null);
  const model = await encodeModel(parts, quantized);
  publish('', model);
  publish('/lists', await compactModel());
  files.set('/sotto-kernels-compact.wasm', await readKernels('sotto-kernels-compact.wasm'));
  server = createServer((request, response) => {
    const bytes = files.get(request.url ?? '');
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);

function publish(folder: string, { manifest, files: encoded }: EncodedModel): void {
  files.set(`${folder}/manifest.json`, new TextEncoder().encode(JSON.stringify(manifest)));
  for (const { name, bytes } of encoded) files.set(`${folder}/${name}`, bytes);
}

afterAll(() => {
  server.close();
});

describe('loadModel', () => {
  it('opens a compact model with the two-stage engine', async () => {
    const loaded = await loadModel(`${base}/manifest.json`, `${base}/sotto-kernels.wasm`);
    expect(loaded.warnings).toEqual([]);
    expect(loaded.retrieval.name).toBe('wasm');
    const exact = createReferenceRetrieval(loaded.model.factors);
    const vector = Float64Array.from({ length: DIM }, (_, f) => Math.cos(f));
    const asked = { vector, k: 20, mask: null, measure: 'inner-product' as const };
    const right = new Set(exact.topK(asked).rows);
    const shared = loaded.retrieval.topK(asked).rows.filter((row) => right.has(row));
    expect(shared.length).toBeGreaterThanOrEqual(19);
  });

  it('gives the lists that are noted of a compact model', async () => {
    const url = `${base}/lists/manifest.json`;
    const { retrieval } = await loadModel(url, `${base}/sotto-kernels.wasm`);
    expect(QUERIES.map((query) => [...retrieval.topK(query).rows])).toEqual(LISTS);
  });

  it('does not take the exact kernel for the compact one', async () => {
    files.set('/nameless', await readKernels());
    const loaded = await loadModel(`${base}/manifest.json`, `${base}/nameless`);
    expect(loaded.retrieval.name).toBe('typescript');
    expect(loaded.warnings.map(({ code }) => code)).toEqual(['wasm-unavailable']);
  });

  it('serves it without WebAssembly too', async () => {
    const loaded = await loadModel(`${base}/manifest.json`, `${base}/missing.wasm`);
    expect(loaded.retrieval.name).toBe('typescript');
    expect(loaded.warnings.map(({ code }) => code)).toEqual(['wasm-unavailable']);
  });
});
