/**
 * @module
 * A model's folder on disk: written so that it is never half of one model, read with every hash
 * verified.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SottoError } from '../src/errors.ts';
import type { EncodedModel } from '../src/model/artifact/encode.ts';
import type { FileEntry, Manifest } from '../src/model/artifact/manifest.ts';
import { parseManifest } from '../src/model/artifact/parseManifest.ts';

const MANIFEST_NAME = 'manifest.json';

/**
 * Files first, the manifest last and in one move: whoever reads it finds all that it names. Then
 * the files that only the folder's former manifest names are removed.
 * @param model - `files` need not hold what is in the folder already.
 * @param named - the folder, as its argument is called.
 * @returns bytes written, the manifest's included.
 */
export async function writeModel(
  folder: string,
  model: Pick<EncodedModel, 'manifest' | 'files'>,
  named = `--out ${folder}`,
): Promise<number> {
  const manifestPath = join(folder, MANIFEST_NAME);
  const text = `${JSON.stringify(model.manifest)}\n`;
  try {
    await mkdir(folder, { recursive: true });
    const former = await formerNames(manifestPath);
    for (const { name, bytes } of model.files) await writeFile(join(folder, name), bytes);
    await writeFile(`${manifestPath}.new`, text);
    await rename(`${manifestPath}.new`, manifestPath);
    for (const { name } of model.manifest.files) former.delete(name);
    for (const name of former) await rm(join(folder, name), { force: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('invalid-argument', `${named} cannot be written: ${reason}`, {
      cause,
    });
  }
  return model.files.reduce((sum, { bytes }) => sum + bytes.length, Buffer.byteLength(text));
}

/** @throws {SottoError} `manifest-missing`, `manifest-invalid`, `version-unsupported`. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_NAME);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new SottoError('manifest-missing', `${path} cannot be read: there is no model`, {
      cause,
    });
  }
  try {
    return parseManifest(text);
  } catch (cause) {
    if (!(cause instanceof SottoError)) throw cause;
    throw new SottoError(cause.code, `${path}: ${cause.message}`, { cause });
  }
}

/** @throws {SottoError} `file-missing`, `file-truncated`, `file-corrupt`, naming the file. */
export async function readVerified(folder: string, entry: FileEntry): Promise<Buffer> {
  const path = join(folder, entry.name);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new SottoError('file-missing', `${path} cannot be read: it is not there`, { cause });
  }
  if (bytes.length !== entry.bytes) {
    throw new SottoError(
      'file-truncated',
      `${path} must hold ${entry.bytes} bytes but holds ${bytes.length}`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== entry.sha256) {
    throw new SottoError(
      'file-corrupt',
      `${path} must have the sha256 ${entry.sha256} but has ${sha256}`,
    );
  }
  return bytes;
}

async function formerNames(manifestPath: string): Promise<Set<string>> {
  try {
    const manifest = parseManifest(await readFile(manifestPath, 'utf8'));
    return new Set(manifest.files.map(({ name }) => name));
  } catch {
    // No model yet, or not one that this build can read: nothing of it is touched.
    return new Set();
  }
}
