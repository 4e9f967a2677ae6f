/**
 * @module
 * One array of an .npz file, which is a ZIP of .npy files: what NumPy's `savez` writes, and
 * implicit's `model.save` with it.
 */
import { unzipSync } from 'fflate';
import { SottoError } from '../src/errors.ts';
import type { MatrixNames } from './matrixTypes.ts';

/**
 * @returns what the array is called in messages, and the bytes of its .npy file.
 * @throws {SottoError} `input-unreadable`; `column-missing` when it has no such array.
 */
export function arrayOfNpz(
  file: string,
  bytes: Uint8Array,
  { array, usualArray }: Pick<MatrixNames, 'array' | 'usualArray'>,
): [name: string, bytes: Uint8Array] {
  const names = namesInNpz(file, bytes);
  const wanted =
    array ?? (names.includes(usualArray) || names.length !== 1 ? usualArray : names[0]);
  if (!names.includes(wanted)) {
    throw new SottoError(
      'column-missing',
      `${file} has no array ${wanted}; its arrays are ${names.join(', ') || 'none'}`,
    );
  }
  const [found] = Object.values(
    unzip(file, bytes, (name) => name.replace(/\.npy$/, '') === wanted),
  );
  return [`${file}: ${wanted}`, found];
}

/** The arrays' names. @throws {SottoError} `input-unreadable`. */
export function namesInNpz(file: string, bytes: Uint8Array): string[] {
  const names: string[] = [];
  // Only the directory is read here: a large archive is not unpacked to look for a name.
  unzip(file, bytes, (name) => {
    names.push(name.replace(/\.npy$/, ''));
    return false;
  });
  return names;
}

function unzip(file: string, bytes: Uint8Array, isWanted: (name: string) => boolean) {
  try {
    return unzipSync(bytes, { filter: ({ name }) => isWanted(name) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${file} is not a readable .npz file: ${reason}`, {
      cause,
    });
  }
}
