/**
 * @module
 * The list of files in a manifest: one plain name each, the roles complete, their rows without a
 * gap, and as many bytes as those rows take.
 */
import { codebooksBytes } from './codebooksBytes.ts';
import { expectNumber, fail } from './expectValues.ts';
import {
  ITEM_ROLES,
  MAX_DIM,
  MAX_ITEMS,
  MAX_JSON_BYTES,
  type FileRole,
  type QuantizationKind,
} from './manifest.ts';

/** One file serves all rows. */
const SINGLE_ROLES: readonly FileRole[] = ['codebooks', 'prior'];
/** One file, of models that have it. */
const OPTIONAL_ROLES: readonly FileRole[] = ['segments'];
const ROLES: readonly FileRole[] = [...ITEM_ROLES, ...SINGLE_ROLES, ...OPTIONAL_ROLES, 'gram'];

const BINARY_ROLES: readonly FileRole[] = ['factors', 'codebooks', 'neighbours', 'gram', 'prior'];

export function expectFiles(
  value: unknown,
  {
    items,
    dim,
    kind,
    blockRows,
    hasNeighbours,
  }: {
    items: number;
    dim: number;
    kind: QuantizationKind;
    blockRows: number;
    hasNeighbours: boolean;
  },
): void {
  if (!Array.isArray(value)) fail('files', 'an array', value);
  const files = value as Record<string, unknown>[];
  const nextRow = new Map<FileRole, number>();
  for (const [index, file] of files.entries()) {
    const place = `files[${index}]`;
    if (typeof file !== 'object' || file === null) fail(place, 'an object', file);
    const role = file['role'] as FileRole;
    if (!ROLES.includes(role)) fail(`${place}.role`, `one of ${ROLES.join(', ')}`, role);
    // A name is one path segment: it must not lead out of the model's folder.
    if (typeof file['name'] !== 'string' || !/^[\w-][\w.-]*$/.test(file['name'])) {
      fail(`${place}.name`, 'a plain file name', file['name']);
    }
    if (typeof file['sha256'] !== 'string' || !/^[0-9a-f]{64}$/.test(file['sha256'])) {
      fail(`${place}.sha256`, '64 hexadecimal digits', file['sha256']);
    }
    const isBinary = BINARY_ROLES.includes(role);
    const bytes = expectNumber(
      file,
      'bytes',
      0,
      isBinary ? MAX_ITEMS * MAX_DIM : MAX_JSON_BYTES,
      true,
      place,
    );
    const rows = expectNumber(file, 'rows', 0, MAX_ITEMS, true, place);
    const firstRow = expectNumber(file, 'firstRow', 0, MAX_ITEMS, true, place);
    const expectedRow = nextRow.get(role) ?? 0;
    if (firstRow !== expectedRow) fail(`${place}.firstRow`, `${expectedRow}`, firstRow);
    nextRow.set(role, firstRow + rows);
    const expectedBytes = binaryBytes(role, rows, dim);
    if (expectedBytes !== null && bytes !== expectedBytes) {
      fail(`${place}.bytes`, `${expectedBytes} for ${rows} rows of ${dim}`, bytes);
    }
    // The shortest id takes `"",`: a manifest cannot name more items than it says it has bytes for.
    if (role === 'ids' && bytes < 3 * rows) fail(`${place}.bytes`, `at least ${3 * rows}`, bytes);
    // A row without neighbours takes one byte.
    if (role === 'neighbours' && bytes < rows) fail(`${place}.bytes`, `at least ${rows}`, bytes);
    if (role === 'factors') expectBlockNorms(file, place, rows, blockRows);
  }
  for (const role of ROLES) {
    const rows = nextRow.get(role) ?? (ITEM_ROLES.includes(role) && items === 0 ? 0 : -1);
    if (role === 'codebooks' && kind !== 'pq4') {
      if (rows >= 0) fail('files', `an array without ${role}, since the kind is ${kind}`, role);
      continue;
    }
    if (role === 'neighbours' && !hasNeighbours) {
      if (nextRow.has(role)) fail('neighbours', 'an object, since files hold some', undefined);
      continue;
    }
    const isOptional = OPTIONAL_ROLES.includes(role);
    if (isOptional && rows < 0) continue;
    const isSingle = isOptional || SINGLE_ROLES.includes(role);
    const expected = ITEM_ROLES.includes(role) ? items : isSingle ? 1 : dim;
    if (rows !== expected) {
      fail('files', `an array that holds ${expected} rows of ${role}`, Math.max(rows, 0));
    }
  }
}

function binaryBytes(role: FileRole, rows: number, dim: number): number | null {
  if (role === 'factors') return rows * dim;
  if (role === 'codebooks') return codebooksBytes(dim);
  if (role === 'gram') return ((dim * (dim + 1)) / 2) * 8;
  if (role === 'prior') return dim * 8;
  return null;
}

function expectBlockNorms(
  file: Record<string, unknown>,
  place: string,
  rows: number,
  blockRows: number,
): void {
  const norms = file['blockNorms'];
  const blocks = Math.ceil(rows / blockRows);
  if (!Array.isArray(norms) || norms.length !== blocks) {
    fail(`${place}.blockNorms`, `an array of ${blocks} numbers`, norms);
  }
  for (const norm of norms as unknown[]) {
    if (typeof norm !== 'number' || !Number.isFinite(norm) || norm < 0) {
      fail(`${place}.blockNorms`, 'finite numbers of at least 0', norm);
    }
  }
}
