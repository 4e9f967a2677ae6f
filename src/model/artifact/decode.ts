/**
 * @module
 * Decodes a model: verified files in, a Model out. Where the bytes come from is the caller's
 * business (the network, a cache, a folder).
 */
import { SottoError, shown } from '../../errors.ts';
import type { Catalogue, ItemFactors, Model } from '../model.ts';
import { decodeCodebooks, type Codebooks } from './codebooks.ts';
import { verifyFile } from './integrity.ts';
import { filesOf, type FileEntry, type FileRole, type Manifest } from './manifest.ts';
import { fromPlanes } from './planes.ts';

/** Reads a whole file of the model by its name. */
export type ReadFile = (file: FileEntry) => Promise<Uint8Array<ArrayBuffer>>;

/** Bytes from one row of factors to the next: whole SIMD registers. */
export function factorStride(dim: number): number {
  return Math.ceil(dim / 16) * 16;
}

/**
 * @param target - where to put the factors, rows × stride, zeroed; e.g. a kernel's own memory.
 * @throws {SottoError} `file-missing`, `file-truncated`, `file-corrupt`; `manifest-invalid` when
 * a file does not hold what the manifest says.
 */
export async function decodeModel(
  manifest: Manifest,
  read: ReadFile,
  target: Int8Array,
): Promise<Model> {
  const [codebooks, factors, ids, columns, statistics, gram, prior] = await Promise.all([
    readCodebooks(manifest, read),
    decodeFactors(manifest, read, target),
    readJson(manifest, read, 'ids').then((shards) => expectIds(shards.flat(), manifest.items)),
    readColumns(manifest, read, 'items'),
    readColumns(manifest, read, 'statistics'),
    readFloats(manifest, read, 'gram').then((upper) => symmetric(upper, manifest.dim)),
    readFloats(manifest, read, 'prior'),
  ]);
  return {
    manifest,
    ids,
    rowOf: new Map(ids.map((id, row) => [id, row])),
    factors: codebooks ? { ...factors, basis: codebooks.basis } : factors,
    centroids: codebooks?.centroids ?? null,
    gram,
    prior,
    statistics: {
      popularity: expectCounts(statistics, 'popularity', manifest.items),
      trending: expectCounts(statistics, 'trending', manifest.items),
    },
    catalogue: columns,
  };
}

async function readVerified(read: ReadFile, file: FileEntry): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await read(file);
  await verifyFile(file, bytes);
  return bytes;
}

async function decodeFactors(
  manifest: Manifest,
  read: ReadFile,
  target: Int8Array,
): Promise<ItemFactors> {
  const { items: rows, dim, blockRows } = manifest;
  const stride = factorStride(dim);
  if (target.length !== rows * stride) {
    throw new SottoError(
      'invalid-argument',
      `target must have ${rows * stride} bytes but has ${target.length}`,
    );
  }
  const files = filesOf(manifest, 'factors');
  const blockNorms: number[] = [];
  for (const file of files) {
    // Blocks are counted from the start of the model, so no shard may begin inside one.
    if (file.firstRow % blockRows !== 0) {
      throw new SottoError(
        'manifest-invalid',
        `manifest: ${file.name} must start at a multiple of ${blockRows} but starts at ${file.firstRow}`,
      );
    }
    for (const norm of file.blockNorms ?? []) blockNorms.push(norm);
  }
  await Promise.all(
    files.map(async (file) => {
      const bytes = await readVerified(read, file);
      const values = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
      if (manifest.quantization.kind === 'pq4') {
        fromPlanes(values, { dim, stride }, target, file.firstRow);
        return;
      }
      if (stride === dim) {
        target.set(values, file.firstRow * stride);
        return;
      }
      for (let row = 0; row < file.rows; row++) {
        const from = row * dim;
        target.set(values.subarray(from, from + dim), (file.firstRow + row) * stride);
      }
    }),
  );
  return {
    rows,
    dim,
    stride,
    values: target,
    scale: manifest.quantization.scale,
    basis: null,
    blockRows,
    blockNorms: Float64Array.from(blockNorms),
  };
}

/** null where the model is not compact. */
async function readCodebooks(manifest: Manifest, read: ReadFile): Promise<Codebooks | null> {
  const [file] = filesOf(manifest, 'codebooks');
  if (!file) return null;
  return decodeCodebooks(await readVerified(read, file), manifest.dim, file.name);
}

/** Parsed files of a role, in order of their rows. */
function readJson(manifest: Manifest, read: ReadFile, role: FileRole): Promise<unknown[]> {
  return Promise.all(
    filesOf(manifest, role).map(async (file) => {
      const bytes = await readVerified(read, file);
      try {
        return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
      } catch (cause) {
        throw new SottoError('manifest-invalid', `${file.name} must be JSON`, { cause });
      }
    }),
  );
}

/** Columnar JSON; a column that a shard lacks is filled with null. */
async function readColumns(
  manifest: Manifest,
  read: ReadFile,
  role: 'items' | 'statistics',
): Promise<Catalogue> {
  const files = filesOf(manifest, role);
  const shards = await readJson(manifest, read, role);
  const columns: Record<string, unknown[]> = {};
  for (const [index, shard] of shards.entries()) {
    const { firstRow, rows, name } = files[index];
    for (const [column, values] of Object.entries(shard as object)) {
      if (!Array.isArray(values) || values.length !== rows) {
        throw new SottoError(
          'manifest-invalid',
          `${name}: column ${shown(column)} must be an array of ${rows} but is ${shown(values)}`,
        );
      }
      columns[column] ??= new Array<unknown>(manifest.items).fill(null);
      for (let row = 0; row < rows; row++) columns[column][firstRow + row] = values[row];
    }
  }
  return columns;
}

/** Float64 values of the role's one file. */
async function readFloats(
  manifest: Manifest,
  read: ReadFile,
  role: 'gram' | 'prior',
): Promise<Float64Array> {
  const [file] = filesOf(manifest, role);
  const bytes = await readVerified(read, file);
  // A copy: the view may not start at a multiple of eight.
  const values = new Float64Array(bytes.slice().buffer);
  for (const [index, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      throw new SottoError('not-finite', `${file.name}[${index}] must be finite but is ${value}`);
    }
  }
  return values;
}

/** The full matrix from its upper triangle by rows. */
function symmetric(upper: Float64Array, dim: number): Float64Array {
  const full = new Float64Array(dim * dim);
  let next = 0;
  for (let f = 0; f < dim; f++) {
    for (let g = f; g < dim; g++) {
      full[f * dim + g] = upper[next];
      full[g * dim + f] = upper[next];
      next++;
    }
  }
  return full;
}

function expectIds(values: unknown[], items: number): string[] {
  if (values.length !== items || values.some((id) => typeof id !== 'string')) {
    throw new SottoError('manifest-invalid', `ids must be ${items} texts but are ${shown(values)}`);
  }
  return values as string[];
}

function expectCounts(columns: Catalogue, name: string, items: number): Float64Array {
  const column = columns[name] as readonly unknown[] | undefined;
  if (!column && items > 0) {
    throw new SottoError('manifest-invalid', `statistics must hold the column ${shown(name)}`);
  }
  return Float64Array.from(column ?? [], (value) => {
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
    throw new SottoError(
      'manifest-invalid',
      `statistics.${name} must hold numbers of at least 0 but holds ${shown(value)}`,
    );
  });
}
