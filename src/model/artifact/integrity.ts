/**
 * @module
 * Verifies a downloaded file against what the manifest says of it, before anything is read from it.
 */
import { SottoError } from '../../errors.ts';
import type { FileEntry } from './manifest.ts';

/**
 * @throws {SottoError} `file-truncated` when the length differs; `file-corrupt` when the hash does.
 */
export async function verifyFile(file: FileEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (bytes.length !== file.bytes) {
    throw new SottoError(
      'file-truncated',
      `${file.name} must have ${file.bytes} bytes but has ${bytes.length}`,
    );
  }
  const digest = await sha256(bytes);
  if (digest !== file.sha256) {
    throw new SottoError(
      'file-corrupt',
      `${file.name} must have sha256 ${file.sha256} but has ${digest}`,
    );
  }
}

/** Lower-case hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // WebCrypto is missing on pages served without TLS; a library then does the same, more slowly.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  const digest = subtle
    ? new Uint8Array(await subtle.digest('SHA-256', bytes))
    : await sha256InScript(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function sha256InScript(bytes: Uint8Array): Promise<Uint8Array> {
  // By name: of the library's hashes, the one that is used is all that comes along.
  const { sha256 } = await import('@noble/hashes/sha2.js');
  return sha256(bytes);
}
