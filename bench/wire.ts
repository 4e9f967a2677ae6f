/**
 * @module
 * `wire`: bytes an item on the wire, raw and as brotli at its highest setting, which is what a CDN
 * makes of static files once. Of the demo's own model, and of larger catalogues grown from it.
 *
 * Of a million items every eighth shard is compressed: the highest setting takes its time.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { FileEntry, FileRole } from '../src/model/artifact/manifest.ts';
import { parseManifest } from '../src/model/artifact/parseManifest.ts';
import { writeCatalogue, type CatalogueShape } from './catalogue.ts';
import type { Benchmark } from './types.ts';

const CASES: readonly CatalogueShape[] = [
  { items: 10_000, norms: 'real' },
  { items: 100_000, norms: 'real' },
  { items: 100_000, norms: 'equal' },
  { items: 1_000_000, norms: 'real' },
];
const SHARDS_OF_ALL = 16;
const SAMPLED = 8;

const compress = promisify(brotliCompress);

interface WireRow {
  model: string;
  items: number;
  /** Bytes an item, by role: raw and brotli. */
  roles: Partial<Record<FileRole, { raw: number; brotli: number }>>;
}

export const wire: Benchmark = {
  name: 'wire',
  async run({ modelsFolder, note }) {
    const rows = [await measure('demo/model', 'demo')];
    for (const shape of CASES) {
      const name = `wire-${shape.norms}-${shape.items}`;
      note(`wire: ${name}`);
      await writeCatalogue(join(modelsFolder, name), shape);
      rows.push(await measure(join(modelsFolder, name), `grown, ${shape.norms} norms`));
    }
    const shown = (row: WireRow, role: FileRole): string[] => {
      const { raw = 0, brotli = 0 } = row.roles[role] ?? {};
      return [raw.toFixed(1), brotli.toFixed(1)];
    };
    return {
      title: 'Bytes an item: raw, and as brotli 11. d = 64, int8.',
      header: ['model', 'items', 'factors', 'brotli', 'ids', 'brotli', 'statistics', 'brotli'],
      rows: rows.map((row) => [
        row.model,
        row.items.toLocaleString('en-GB'),
        ...shown(row, 'factors'),
        ...shown(row, 'ids'),
        ...shown(row, 'statistics'),
      ]),
      data: rows,
    };
  },
};

async function measure(folder: string, model: string): Promise<WireRow> {
  const manifest = parseManifest(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const roles: WireRow['roles'] = {};
  for (const role of ['factors', 'ids', 'statistics'] as const) {
    const files = manifest.files.filter((file) => file.role === role);
    const step = files.length > SHARDS_OF_ALL ? SAMPLED : 1;
    const sums = { rows: 0, raw: 0, brotli: 0 };
    for (const file of files.filter((_: FileEntry, index) => index % step === 0)) {
      const bytes = await readFile(join(folder, file.name));
      sums.rows += file.rows;
      sums.raw += bytes.length;
      sums.brotli += (await compress(bytes)).length;
    }
    roles[role] = { raw: sums.raw / sums.rows, brotli: sums.brotli / sums.rows };
  }
  return { model, items: manifest.items, roles };
}
