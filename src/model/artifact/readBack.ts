/**
 * @module
 * An encoded model read back in memory: it has been through the same rounding as what visitors
 * download.
 */
import { SottoError } from '../../errors.ts';
import type { Model } from '../model.ts';
import { decodeModel, factorStride } from './decode.ts';
import type { EncodedModel } from './encode.ts';

export function readBack({ manifest, files }: EncodedModel): Promise<Model> {
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  return decodeModel(
    manifest,
    ({ name }) => {
      const bytes = bytesOf.get(name);
      return bytes
        ? Promise.resolve(bytes)
        : Promise.reject(new SottoError('file-missing', `${name} was not encoded`));
    },
    new Int8Array(manifest.items * factorStride(manifest.dim)),
  );
}
