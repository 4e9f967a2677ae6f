/**
 * @module
 * `sotto inspect`: what a model's folder holds, every file verified; and back out of it, the
 * factors, the ids and the items.
 */
import type { Command } from 'commander';
import { decodeModel, factorStride } from '../src/model/artifact/decode.ts';
import { createColumnsDecoder } from '../src/model/artifact/decodeColumns.ts';
import { filesOf, type FileEntry, type Manifest } from '../src/model/artifact/manifest.ts';
import type { Model } from '../src/model/model.ts';
import { readRow } from '../src/model/readRow.ts';
import type { Matrix } from './matrixTypes.ts';
import { readManifest, readVerified } from './modelFolder.ts';
import { npyOf } from './npy.ts';
import { writeOutput } from './outputFile.ts';
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
  const model = await decode(manifest, contents);
  const { ids, catalogue } = model;
  if (given.factors) await writeOutput('--factors', given.factors, npyOf(matrixOf(model)));
  if (given.ids) await writeOutput('--ids', given.ids, `${JSON.stringify(ids)}\n`);
  if (given.items) {
    const cellsOf = { ...catalogue, ...statisticsOf(manifest, contents) };
    const lines = ids.map((id, row) => {
      const cells = Object.entries(cellsOf).map(([name, column]) => [name, column[row]]);
      return JSON.stringify({ id, ...(Object.fromEntries(cells) as object) });
    });
    await writeOutput('--items', given.items, `${lines.join('\n')}\n`);
  }
  print(folder, manifest, Object.keys(catalogue), given.json);
}

/** As a reader would: files of the right hash may still not hold what the manifest says. */
function decode(manifest: Manifest, contents: ReadonlyMap<string, Buffer>): Promise<Model> {
  const target = new Int8Array(manifest.items * factorStride(manifest.dim));
  const read = ({ name }: FileEntry) => Promise.resolve(new Uint8Array(contents.get(name)!));
  return decodeModel(manifest, read, target);
}

/** The counts as the files have them, those too that no reader needs. */
function statisticsOf(
  manifest: Manifest,
  contents: ReadonlyMap<string, Buffer>,
): Record<string, unknown[]> {
  const whole = createColumnsDecoder(manifest.items);
  for (const file of filesOf(manifest, 'statistics')) {
    whole.add(file, JSON.parse(contents.get(file.name)!.toString('utf8')));
  }
  return whole.columns;
}

/** As floats, N × d: what a reader ranks with. */
function matrixOf({ factors }: Model): Matrix {
  const { rows, dim } = factors;
  const values = new Float32Array(rows * dim);
  const row64 = new Float64Array(dim);
  for (let row = 0; row < rows; row++) values.set(readRow(factors, row, row64), row * dim);
  return { rows, dim, values };
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
