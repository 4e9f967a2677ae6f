/**
 * @module
 * z·Mᵀ on tfjs with its gradient, for a row z and a constant matrix M of n rows. The matrix is held
 * twice, as it is and transposed: on the WASM backend a product that transposes on the way is many
 * times slower, and both directions are taken at every step.
 */
import { customGrad, matMul, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';

export interface ProductMatrix {
  /** M, n × d. */
  readonly rows: Tensor2D;
  /** Mᵀ, d × n. */
  readonly columns: Tensor2D;
}

/** @param values - M, n × d, row-major. Dispose of both tensors after use. */
export function productMatrix(values: ArrayLike<number>, n: number, dim: number): ProductMatrix {
  const transposed = new Float32Array(n * dim);
  for (let row = 0; row < n; row++) {
    for (let f = 0; f < dim; f++) transposed[f * n + row] = values[row * dim + f];
  }
  return {
    rows: tensor2d(Float32Array.from(values), [n, dim]),
    columns: tensor2d(transposed, [dim, n]),
  };
}

/** @returns z·Mᵀ, 1 × n, for z of 1 × d. */
export function rowProduct(z: Tensor2D, { rows, columns }: ProductMatrix): Tensor2D {
  const product = customGrad((row) => ({
    value: matMul(row as Tensor2D, columns),
    gradFunc: (dy: Tensor) => matMul(dy as Tensor2D, rows),
  }));
  return product(z) as Tensor2D;
}
