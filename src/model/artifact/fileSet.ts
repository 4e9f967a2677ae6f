/**
 * @module
 * createFileSet: the files of a model as they are encoded, each named by its role and content.
 */
import { sha256 } from './integrity.ts';
import type { FileEntry, FileRole } from './manifest.ts';

export interface EncodedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** First row, and how many. */
export type RowSpan = readonly [firstRow: number, rows: number];

export interface FileSet {
  /** In the order of adding. */
  readonly entries: FileEntry[];
  /** Every file that was added once, however many entries name it. */
  files(): EncodedFile[];
  add(
    role: FileRole,
    bytes: Uint8Array<ArrayBuffer>,
    rows: RowSpan,
    blockNorms?: number[],
  ): Promise<void>;
  /** A file that is there already. */
  keep(entry: FileEntry): void;
  /** What changes whenever any file does. */
  modelId(): Promise<string>;
}

const JSON_ROLES: ReadonlySet<FileRole> = new Set<FileRole>([
  'ids',
  'items',
  'statistics',
  'segments',
]);

/** Digits of a hash that a name needs. */
const NAME_DIGITS = 16;

export function createFileSet(): FileSet {
  const entries: FileEntry[] = [];
  const files = new Map<string, EncodedFile>();
  return {
    entries,
    files: () => [...files.values()],
    async add(role, bytes, [firstRow, rows], blockNorms) {
      const hash = await sha256(bytes);
      const extension = JSON_ROLES.has(role) ? 'json' : 'bin';
      const name = `${role}-${hash.slice(0, NAME_DIGITS)}.${extension}`;
      files.set(name, { name, bytes });
      const norms = blockNorms ? { blockNorms } : {};
      entries.push({ role, name, bytes: bytes.length, sha256: hash, rows, firstRow, ...norms });
    },
    keep: (entry) => void entries.push(entry),
    async modelId() {
      const hashes = entries.map((entry) => `${entry.role} ${entry.firstRow} ${entry.sha256}`);
      const hash = await sha256(new TextEncoder().encode(hashes.join('\n')));
      return hash.slice(0, NAME_DIGITS);
    },
  };
}
