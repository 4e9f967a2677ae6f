/**
 * @module
 * `sotto inspect`: what a model's folder holds, every file verified; and back out of it, the
 * factors, the ids and the items.
 */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { decodeModel, factorStride } from '../src/model/artifact/decode.ts';
import { createColumnsDecoder } from '../src/model/artifact/decodeColumns.ts';
import {
  filesOf,
  type FileEntry,
  type FileRole,
  type Manifest,
} from '../src/model/artifact/manifest.ts';
import { readRow } from '../src/model/readRow.ts';
import { readManifest, readVerified } from './modelFolder.ts';
import { writeMatrix } from './npy.ts';
import { grouped, report } from './report.ts';

interface InspectArguments {
  factors?: string;
  ids?: string;
  items?: string;
  json: boolean;
}

export function registerInspect(program: Command): void {
  program
    .command('inspect')
    .description('say what a model holds and verify every file of it')
    .argument('<folder>', "the model's folder")
    .option('--factors <file>', 'write the item factors, as numbers again, to this .npy file')
    .option('--ids <file>', 'write the item ids, in the same order, to this JSON file')
    .option('--items <file>', 'write id, metadata and counts to this JSON Lines file')
    .option('--json', 'print one JSON document and nothing else', false)
    .action(async (folder: string, given: InspectArguments) => inspect(folder, given));
}

async function inspect(folder: string, given: InspectArguments): Promise<void> {
  const manifest = await readManifest(folder);
  const contents = new Map<string, Buffer>();
  for (const entry of manifest.files) contents.set(entry.name, await readVerified(folder, entry));
  const shards = (role: FileRole): unknown[] =>
    filesOf(manifest, role).map(
      ({ name }) => JSON.parse((contents.get(name) ?? Buffer.alloc(0)).toString('utf8')) as unknown,
    );
  const columns = (role: FileRole): Record<string, unknown[]> => {
    const whole = createColumnsDecoder(manifest.items);
    for (const [index, shard] of shards(role).entries()) {
      whole.add(filesOf(manifest, role)[index], shard);
    }
    return whole.columns;
  };

  const catalogue = columns('items');
  if (given.factors) {
    const { items: rows, dim } = manifest;
    await writeMatrix(given.factors, { rows, dim, values: await factorsOf(manifest, contents) });
  }
  const ids = shards('ids').flat() as string[];
  if (given.ids) await writeFile(given.ids, `${JSON.stringify(ids)}\n`);
  if (given.items) {
    const cellsOf = { ...catalogue, ...columns('statistics') };
    const lines = ids.map((id, row) => {
      const cells = Object.entries(cellsOf).map(([name, column]) => [name, column[row]]);
      return JSON.stringify({ id, ...(Object.fromEntries(cells) as object) });
    });
    await writeFile(given.items, `${lines.join('\n')}\n`);
  }
  print(folder, manifest, Object.keys(catalogue), given.json);
}

/** As floats, N × d: what a reader ranks with. */
async function factorsOf(
  manifest: Manifest,
  contents: ReadonlyMap<string, Buffer>,
): Promise<Float32Array> {
  const { items: rows, dim } = manifest;
  const target = new Int8Array(rows * factorStride(dim));
  const read = ({ name }: FileEntry) =>
    Promise.resolve(Uint8Array.from(contents.get(name) ?? Buffer.alloc(0)));
  const { factors } = await decodeModel(manifest, read, target);
  const values = new Float32Array(rows * dim);
  const row64 = new Float64Array(dim);
  for (let row = 0; row < rows; row++) values.set(readRow(factors, row, row64), row * dim);
  return values;
}

function newItemLines({ items, trainedItems = items }: Manifest): [string, string][] {
  const added = items - trainedItems;
  return added > 0
    ? [['new items', `${grouped(added)}, with factors predicted from metadata`]]
    : [];
}

function recallLines({ quantization: { recall } }: Manifest): [string, string][] {
  if (!recall) return [];
  const share = (recall.overlap * 100).toFixed(1);
  return [['recall', `${share} % of the exact top ${recall.at}, over ${recall.queries} lists`]];
}

function print(folder: string, manifest: Manifest, columns: string[], json: boolean): void {
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const { files, objective, training, halfLifeDays } = manifest;
  const { convention, ...constants } = objective;
  const shownConstants = Object.entries(constants).map(([name, value]) => `${name} ${value}`);
  const document = { folder, verified: true, bytes, metadata: columns, ...manifest };
  report(json, document, [
    ['model', manifest.modelId],
    ['created', manifest.createdAt],
    ['items', grouped(manifest.items)],
    ...newItemLines(manifest),
    ['dim', `${manifest.dim}, ${manifest.quantization.kind}`],
    ...recallLines(manifest),
    ['objective', `${convention}: ${shownConstants.join(', ')}`],
    ['half-life', halfLifeDays === null ? 'none' : `${halfLifeDays} days`],
    ['trending', `${manifest.trendingDays} days`],
    ['metadata', columns.join(', ') || 'none'],
    ...(training
      ? ([
          [
            'trained on',
            `${grouped(training.interactions)} events of ${grouped(training.users)} users, ` +
              `${training.epochs} epochs, seed ${training.seed}`,
          ],
        ] as [string, string][])
      : []),
    ...(manifest.attribution ? ([['source', manifest.attribution]] as [string, string][]) : []),
    ...files.map((file): [string, string] => [
      'file',
      `${file.name}  ${grouped(file.bytes)} bytes, ${grouped(file.rows)} rows, verified`,
    ]),
    ['bytes', grouped(bytes)],
  ]);
}
