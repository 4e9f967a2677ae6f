/**
 * @module
 * Item factors of a model folder as unit vectors: direction says what an item is like, length only
 * how popular it is. Reads the int8 shards that the manifest names; the common scale cancels out.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FactorTable {
  rows: number;
  dim: number;
  /** rows × dim, row-major, every row of length 1 (or 0). */
  values: Float64Array;
  /**
   * How much a row counts where variety matters: its squared length before scaling. The goods that
   * visitors meet most should differ most in their looks.
   */
  weights: Float64Array;
}

export interface ModelFolder {
  modelId: string;
  factors: FactorTable;
  /** First category of each row; empty where there is none. */
  departments: string[];
}

interface ManifestFile {
  role: string;
  name: string;
  firstRow: number;
}

export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    modelId: string;
    items: number;
    dim: number;
    files: ManifestFile[];
  };
  const { items: rows, dim } = manifest;
  const values = new Float64Array(rows * dim);
  for (const file of manifest.files.filter((one) => one.role === 'factors')) {
    const bytes = await readFile(join(folder, file.name));
    const shard = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    values.set(shard, file.firstRow * dim);
  }
  const weights = normaliseRows(values, dim).map((norm) => norm * norm);
  const itemsFile = manifest.files.find((one) => one.role === 'items');
  const columns = itemsFile
    ? (JSON.parse(await readFile(join(folder, itemsFile.name), 'utf8')) as {
        categories?: (string[] | null)[];
      })
    : {};
  const departments = Array.from(
    { length: rows },
    (_, row) => columns.categories?.[row]?.[0] ?? '',
  );
  return { modelId: manifest.modelId, factors: { rows, dim, values, weights }, departments };
}

/** Scales every row to length 1, in place; a row of zeros stays. @returns the lengths before. */
export function normaliseRows(values: Float64Array, dim: number): Float64Array {
  const norms = new Float64Array(values.length / dim);
  for (let start = 0; start < values.length; start += dim) {
    const row = values.subarray(start, start + dim);
    const norm = Math.hypot(...row);
    norms[start / dim] = norm;
    if (norm > 0) for (let f = 0; f < dim; f++) row[f] /= norm;
  }
  return norms;
}
