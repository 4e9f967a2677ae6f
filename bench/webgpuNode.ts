/**
 * @module
 * `npx tsx bench/webgpuNode.ts [items …] [--json]`: the WebGPU engine on a machine with a GPU and no
 * browser, by the npm package `webgpu`, beside the WASM kernel in the same process. Absolute
 * milliseconds, from the embedding to the rows in hand, and the device by name.
 *
 * The package is an optional peer, some hundred megabytes of Dawn, and is not installed with the
 * others: `npm install --no-save webgpu` first. Without it, or without an adapter, the reason is
 * printed and nothing is measured. Every list is compared with the kernel's, to the last place.
 */
import { readKernels } from '../scripts/buildKernels.ts';
import { alignTable } from '../scripts/alignTable.ts';
import { createRankingKernel } from '../src/model/kernels/rankingKernel.ts';
import type { RetrievalEngine, TopKQuery } from '../src/model/retrieval/types.ts';
import { createWasmRetrieval } from '../src/model/retrieval/wasm.ts';
import { createWebGpuRetrieval } from '../src/model/retrieval/webgpu.ts';
import type { Norms } from './catalogue.ts';
import { growRankCase } from './rankCase.ts';
import { summarise, type Timing } from './statistics.ts';

const ROUNDS = 50;
const WARM_UP_ROUNDS = 5;
/** What a page asks for, and what the ranker behind it does. */
const LENGTHS = [50, 300];
const DEFAULT_ITEMS = [100_000, 1_000_000];

interface Opened {
  gpu: GPU;
  adapter: GPUAdapter;
}

interface NodeRow extends Timing {
  engine: RetrievalEngine['name'];
  items: number;
  norms: Norms;
  k: number;
}

const given = process.argv.slice(2).filter((argument) => argument !== '--json');
const sizes = given.length > 0 ? given.map(Number) : DEFAULT_ITEMS;
for (const [index, items] of sizes.entries()) {
  if (Number.isInteger(items) && items >= 1) continue;
  console.error(`webgpuNode: items must be a whole number of at least 1 but is ${given[index]}`);
  process.exit(2);
}
const opened = await open();
if (typeof opened === 'string') {
  console.log(process.argv.includes('--json') ? JSON.stringify({ skipped: opened }) : opened);
} else {
  await measure(opened);
}
// The package keeps the process alive otherwise.
process.exit(0);

/** Or the reason why there is nothing to measure. */
async function open(): Promise<Opened | string> {
  // Not in package.json, so that its name must not be looked up by the type checker.
  const name = 'webgpu';
  try {
    const { create, globals } = (await import(name)) as {
      create: (options: string[]) => GPU;
      globals: object;
    };
    Object.assign(globalThis, globals);
    const gpu = create([]);
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    return adapter ? { gpu, adapter } : 'skipped: WebGPU finds no adapter on this machine';
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return `skipped: the package webgpu cannot be loaded (${reason})`;
  }
}

async function measure({ gpu, adapter }: Opened): Promise<void> {
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const subgroups = adapter.features.has('subgroups');
  const device = await adapter.requestDevice({
    requiredFeatures: subgroups ? ['subgroups'] : [],
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
  });
  const packedDot = gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product');
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const machine = {
    device: [vendor, architecture, description].filter(Boolean).join(' '),
    software: isFallbackAdapter,
    packedDot,
    subgroups,
    node: process.version,
  };
  const module = await WebAssembly.compile(await readKernels());
  const rows: NodeRow[] = [];
  for (const items of sizes) {
    for (const norms of ['real', 'equal'] as const) {
      console.error(`webgpuNode: ${items} items, ${norms} norms`);
      const { factors, queries } = await growRankCase({ items, norms });
      const kernel = await createRankingKernel(module, factors);
      kernel.factors.set(factors.values);
      const wasm = createWasmRetrieval(kernel, { ...factors, values: kernel.factors });
      const webgpu = await createWebGpuRetrieval(device, factors, { packedDot, subgroups });
      for (const k of LENGTHS) {
        const timesMs: Record<string, number[]> = { wasm: [], webgpu: [] };
        for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
          const vector = queries[(round + WARM_UP_ROUNDS) % queries.length];
          const query: TopKQuery = { vector, k, mask: null, measure: 'inner-product' };
          const lists: string[] = [];
          for (const engine of [wasm, webgpu]) {
            const started = performance.now();
            const { rows: found } = await engine.topK(query);
            if (round >= 0) timesMs[engine.name].push(performance.now() - started);
            lists.push(found.join());
          }
          if (lists[0] !== lists[1]) throw new Error(`the lists of query ${round} differ`);
        }
        for (const engine of [wasm, webgpu]) {
          rows.push({ engine: engine.name, items, norms, k, ...summarise(timesMs[engine.name]) });
        }
      }
      webgpu.dispose();
    }
  }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ machine, rows }, null, 2));
    return;
  }
  console.log(
    Object.entries(machine)
      .map(([key, value]) => `${key}: ${value}`)
      .join('; '),
  );
  console.log(
    alignTable(
      ['engine', 'items', 'norms', 'k', 'median ms', '95 %', 'fastest'],
      rows.map(({ engine, items, norms, k, medianMs, percentile95Ms, fastestMs }) => [
        ...[engine, items.toLocaleString('en-GB'), norms, String(k)],
        ...[medianMs, percentile95Ms, fastestMs].map((ms) => ms.toFixed(3)),
      ]),
    ),
  );
}
