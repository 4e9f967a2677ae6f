/**
 * @module
 * For tests: what `sotto pack --from` makes of something saved, decoded as the browser decodes it.
 */
import { readManifest, readVerified } from '../modelFolder.ts';
import { runHere } from '../runHere.case.ts';
import { decodeModel, factorStride } from '../../src/model/artifact/decode.ts';
import { solveVisitor } from '../../src/model/learners/als.ts';
import { coefficients } from '../../src/model/objective.ts';
import type { Model } from '../../src/model/model.ts';
import type { GoldenCase } from '../../scripts/parity/golden.ts';

/** @throws {Error} with the command's own words when it refuses. */
export async function packSaved(out: string, ...args: string[]): Promise<Model> {
  const outcome = await runHere('pack', '--out', out, ...args);
  if (outcome.status !== 0) throw new Error(outcome.stderr);
  const manifest = await readManifest(out);
  const { items, dim } = manifest;
  return decodeModel(
    manifest,
    async (file) => new Uint8Array(await readVerified(out, file)),
    new Int8Array(items * factorStride(dim)),
  );
}

/** The visitor's embedding on the packed model, from what the library was told. */
export function foldInPacked(
  model: Model,
  { rows, weights }: GoldenCase,
  idOf: (row: number) => string,
): Float64Array {
  const { objective } = model.manifest;
  const preferences = rows.map((row, index) => ({
    row: model.rowOf.get(idOf(row)) ?? -1,
    ...coefficients(objective, weights[index]),
    positives: weights[index] > 0 ? 1 : 0,
  }));
  return solveVisitor({ ...model, objective }, preferences).embedding;
}

/** |found − expected| / |expected|, Euclidean. */
export function relativeGap(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const gaps = Array.from(expected, (value, f) => found[f] - value);
  return Math.hypot(...gaps) / Math.hypot(...Array.from(expected));
}
