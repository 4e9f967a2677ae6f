/**
 * @module
 * A compact model, packed by the command line from factors like those of a trained one.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dump } from 'npyjs';

const COMMAND = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const ITEMS = 2000;
export const DIM = 24;

/** @returns its files by name, the manifest too. */
export async function packCompactModel(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-compact-'));
  try {
    const model = join(folder, 'model');
    const ids = Array.from({ length: ITEMS }, (_, item) => `item-${item}`);
    await writeFile(join(folder, 'factors.npy'), Buffer.from(dump(madeFactors(), [ITEMS, DIM])));
    await writeFile(join(folder, 'ids.json'), JSON.stringify(ids));
    const given = ['--factors', join(folder, 'factors.npy'), '--ids', join(folder, 'ids.json')];
    const kind = ['--quantization', 'pq4', '--min-recall', '0.9'];
    execFileSync(process.execPath, [COMMAND, 'pack', ...given, ...kind, '--out', model]);
    const files = new Map<string, Buffer>();
    for (const name of await readdir(model)) files.set(name, await readFile(join(model, name)));
    return files;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Strong axes and weak ones, long rows and short ones, as a trained model has them. */
function madeFactors(): Float32Array {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Float32Array.from({ length: ITEMS * DIM }, (_, at) => {
    const normal = random() + random() + random() - 1.5;
    return normal / Math.sqrt(1 + (at % DIM)) / (1 + Math.floor(at / DIM) / 300);
  });
}
