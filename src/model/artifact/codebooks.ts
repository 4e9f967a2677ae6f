/**
 * @module
 * The `codebooks` file of a compact model: float32, little-endian; first the basis, d × d, row f the
 * axis of column f; then the centroids of the 4-bit codes, S × 16 × 2.
 */
import { SottoError } from '../../errors.ts';

export interface Codebooks {
  basis: Float64Array;
  centroids: Float32Array;
}

/** Rounding to float32 leaves less than this of a dot product of two axes. */
const ORTHONORMAL_WITHIN = 1e-5;

export function encodeCodebooks({ basis, centroids }: Codebooks): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer((basis.length + centroids.length) * 4));
  let place = 0;
  for (const values of [basis, centroids]) {
    for (const value of values) {
      view.setFloat32(place, value, true);
      place += 4;
    }
  }
  return new Uint8Array(view.buffer);
}

/**
 * @param bytes - `codebooksBytes(dim)` of them. @param name - for messages.
 * @throws {SottoError} `not-finite`; `manifest-invalid` when the basis is not orthonormal, since
 * norms would then not bound scores.
 */
export function decodeCodebooks(bytes: Uint8Array, dim: number, name: string): Codebooks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: bytes.length / 4 }, (_, at) =>
    view.getFloat32(at * 4, true),
  );
  for (const [at, value] of values.entries()) {
    if (!Number.isFinite(value)) {
      throw new SottoError('not-finite', `${name}[${at}] must be finite but is ${value}`);
    }
  }
  const basis = Float64Array.from(values.subarray(0, dim * dim));
  requireOrthonormal(basis, dim, name);
  return { basis, centroids: values.slice(dim * dim) };
}

function requireOrthonormal(basis: Float64Array, dim: number, name: string): void {
  for (let i = 0; i < dim; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let f = 0; f < dim; f++) product += basis[i * dim + f] * basis[j * dim + f];
      const off = Math.abs(product - (i === j ? 1 : 0));
      if (!(off <= ORTHONORMAL_WITHIN)) {
        throw new SottoError(
          'manifest-invalid',
          `${name}: axes ${j} and ${i} must be orthonormal to ${ORTHONORMAL_WITHIN} but are off by ${off}`,
        );
      }
    }
  }
}
