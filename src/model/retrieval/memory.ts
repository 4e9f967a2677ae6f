/**
 * @module
 * RetrievalMemory: a place for a model's factors, and the engine that ranks what was put there.
 */
import type { QuantizationKind } from '../artifact/manifest.ts';
import type { Model } from '../model.ts';
import type { ImmediateRetrievalEngine } from './types.ts';

/** The bytes of a ranking kernel, or the compiled module. */
export type RankingWasm = BufferSource | WebAssembly.Module;

/** The kernel that each kind of model is ranked by. */
export type KernelsByKind = Readonly<Record<QuantizationKind, RankingWasm>>;

export interface RetrievalShape {
  rows: number;
  dim: number;
  stride: number;
  blockRows: number;
  kind: QuantizationKind;
}

export interface RetrievalMemory {
  /** rows × stride, zeroed: factors are decoded into it. */
  readonly target: Int8Array;
  /**
   * @param model - its `factors.values` must be `target`, complete.
   * @param pause - awaited between steps where opening takes long, so that others are answered.
   */
  open(
    model: Pick<Model, 'factors' | 'centroids'>,
    pause?: () => Promise<void>,
  ): Promise<ImmediateRetrievalEngine>;
}
