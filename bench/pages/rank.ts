/**
 * @module
 * In the page of the `rank` benchmark: every way to the k best items that a browser has, in turns.
 *
 * The engines of the package read int8 factors, their peers the float32 ones that these were made
 * from. What is right is settled by the float32 loop alone.
 */
import { createRankingKernel } from '../../src/model/kernels/rankingKernel.ts';
import type { ItemFactors } from '../../src/model/model.ts';
import { areFlat } from '../../src/model/retrieval/areFlat.ts';
import { createRetrieval } from '../../src/model/retrieval/createRetrieval.ts';
import { createReferenceRetrieval } from '../../src/model/retrieval/reference.ts';
import type { ImmediateRetrievalEngine, RetrievalEngine } from '../../src/model/retrieval/types.ts';
import { createWasmRetrieval } from '../../src/model/retrieval/wasm.ts';
import { createWebGpuRetrieval } from '../../src/model/retrieval/webgpu.ts';
import { kernelUrls } from '../../src/worker/kernelUrls.ts';
import { openGpu } from '../../src/worker/openGpu.ts';
import type { CaseShape } from '../rankCase.ts';
import { createReading } from './readBytes.ts';
import { createTfjsRanking, topKByLoop } from './topKList.ts';

export interface PrepareRequest {
  /** Folder of the case, with a slash at its end. */
  url: string;
  queries: number[][];
  k: number;
}

export interface PrepareAnswer {
  contenders: string[];
  /** By query: the k best rows in float32. */
  expected: number[][];
  /** Contenders that this browser cannot have, with the reason. */
  skipped: Record<string, string>;
}

export interface RoundsRequest {
  /** The first of them; decides who goes first, and whose query it is. */
  from: number;
  rounds: number;
}

export interface RoundsAnswer {
  timesMs: Record<string, number[]>;
  /** Mean share of the k best in float32 that was found. */
  overlaps: Record<string, number[]>;
}

/** null: it finds nothing, and is there for its time. */
type Ask = (query: Query) => ArrayLike<number> | null | Promise<ArrayLike<number>>;

interface Query {
  vector: Float64Array;
  floats: Float32Array;
  expected: ReadonlySet<number>;
}

let contenders: Map<string, Ask>;
let queries: Query[];

export const prepare = async ({
  url,
  queries: given,
  k,
}: PrepareRequest): Promise<PrepareAnswer> => {
  const shape = (await (await fetch(`${url}shape.json`)).json()) as CaseShape;
  const { dim } = shape;
  const kernel = await createRankingKernel(await compileKernel(''), shape);
  kernel.factors.set(new Int8Array(await (await fetch(`${url}factors.bin`)).arrayBuffer()));
  const factors: ItemFactors = {
    ...shape,
    basis: null,
    values: kernel.factors,
    blockNorms: Float64Array.from(shape.blockNorms),
  };
  const floats = new Float32Array(await (await fetch(`${url}floats.bin`)).arrayBuffer());
  const engine =
    (retrieval: RetrievalEngine): Ask =>
    ({ vector }) => {
      const answer = retrieval.topK({ vector, k, mask: null, measure: 'inner-product' });
      return answer instanceof Promise ? answer.then(({ rows }) => rows) : answer.rows;
    };
  const tfjs = await createTfjsRanking(floats, dim, false);
  contenders = new Map<string, Ask>([
    ['sotto, WASM int8', engine(createWasmRetrieval(kernel, factors))],
    ['sotto, TypeScript int8', engine(createReferenceRetrieval(factors))],
    ['tfjs-wasm, matMul + topk', (query) => tfjs.topK(query.floats, k)],
    ['Float32Array loop with a heap', (query) => topKByLoop(floats, dim, query.floats, k)],
  ]);
  if (areFlat(factors.blockNorms)) {
    // Then the scan reads every byte there is; else only of the blocks that could matter.
    const read = await createReading(factors.values);
    contenders.set('reading the same bytes alone', () => {
      read();
      return null;
    });
  }
  if (shape.compact) {
    const { topK, order } = await openCompact(url, shape);
    contenders.set('sotto, WASM compact', (query) =>
      topK({ vector: query.vector, k, mask: null, measure: 'inner-product' }).rows.map(
        (row) => order[row],
      ),
    );
  }
  const skipped: Record<string, string> = {};
  try {
    // In software it is measured in seconds and says nothing of a GPU.
    const { device, features } = await openGpu(null, false);
    contenders.set(
      'sotto, WebGPU int8',
      engine(await createWebGpuRetrieval(device, factors, features)),
    );
  } catch (thrown) {
    skipped['sotto, WebGPU int8'] = (thrown as Error).message;
  }
  queries = given.map((values) => {
    const query = Float32Array.from(values);
    const expected = topKByLoop(floats, dim, query, k);
    return { vector: Float64Array.from(values), floats: query, expected: new Set(expected) };
  });
  return {
    contenders: [...contenders.keys()],
    expected: queries.map(({ expected }) => [...expected]),
    skipped,
  };
};

/** The build that a visitor with this browser gets. */
function compileKernel(part: '' | '-compact'): Promise<WebAssembly.Module> {
  const kernelUrl = new URL('/dist/sotto-kernels.wasm', location.href).href;
  return WebAssembly.compileStreaming(fetch(kernelUrls({ kernelUrl }, part)[0]));
}

async function openCompact(
  url: string,
  { compact, ...shape }: CaseShape,
): Promise<Pick<ImmediateRetrievalEngine, 'topK'> & { order: Int32Array }> {
  const { scale, blockNorms, basis, centroids } = compact as NonNullable<CaseShape['compact']>;
  const memory = await createRetrieval(await compileKernel('-compact'), { ...shape, kind: 'pq4' });
  memory.target.set(new Int8Array(await (await fetch(`${url}compact.bin`)).arrayBuffer()));
  const factors: ItemFactors = {
    ...{ ...shape, scale, values: memory.target },
    basis: Float64Array.from(basis),
    blockNorms: Float64Array.from(blockNorms),
  };
  const engine = await memory.open({ factors, centroids: Float32Array.from(centroids) });
  const order = new Int32Array(await (await fetch(`${url}order.bin`)).arrayBuffer());
  return { topK: (query) => engine.topK(query), order };
}

export const run = async ({ from, rounds }: RoundsRequest): Promise<RoundsAnswer> => {
  const names = [...contenders.keys()];
  const empty = () => Object.fromEntries(names.map((name): [string, number[]] => [name, []]));
  const answer: RoundsAnswer = { timesMs: empty(), overlaps: empty() };
  for (let round = from; round < from + rounds; round++) {
    const query = queries[round % queries.length];
    for (const turn of names.keys()) {
      // Each comes first as often as any other: whoever follows tfjs finds the caches cold.
      const name = names[(turn + round) % names.length];
      const ask = contenders.get(name)!;
      const started = performance.now();
      const asked = ask(query);
      const rows = asked instanceof Promise ? await asked : asked;
      answer.timesMs[name].push(performance.now() - started);
      if (rows === null) continue;
      const found = Array.from(rows).filter((row) => query.expected.has(row)).length;
      answer.overlaps[name].push(found / query.expected.size);
    }
  }
  return answer;
};
