/**
 * @module
 * What a model is opened by, and what is then known of it. Types only; every value is
 * structured-clonable.
 */
import type { ActionWeights } from '../../events.ts';
import type { Options } from '../../options.ts';
import type { WireError } from './answer.ts';
import type { LearnerBackend } from './learning.ts';

export type Backend = 'wasm' | 'webgpu' | 'typescript';

export interface ModelInfo {
  modelId: string;
  createdAt: string;
  items: number;
  dim: number;
  /** Bytes of all files. */
  bytes: number;
  /** What ranks now. With 'auto' it can change once a GPU was measured. */
  retrieval: Backend;
  learner: LearnerBackend;
  storage: 'indexeddb' | 'memory';
  /** The segment that newcomers start from; null: everyone. */
  segment: string | null;
  /** Things that were asked for and could not be had, each with the code to look up. */
  warnings: readonly WireError[];
  /** ms spent on: manifest, files (download and verification), decoding, kernels. */
  timings: { manifest: number; files: number; decode: number; kernels: number };
}

/** Where the files of the kernels are. */
export interface KernelAddresses {
  /** Of the exact kernel's plain build, absolute. */
  kernelUrl: string;
  /**
   * Of the others, where a bundler has renamed them, by what their names have more: `-relaxed`,
   * `-compact`, `-compact-relaxed`. Default: beside it, under those names.
   */
  otherKernels?: Readonly<Record<string, string>>;
}

export interface OpenRequest extends KernelAddresses {
  /** The page's: a worker of another one refuses it. */
  build: string;
  /** Absolute address of manifest.json. */
  manifestUrl: string;
  /** Absolute address of the folder that holds tfjs' .wasm files, with a slash at its end. */
  tfjsUrl: string;
  databaseName: string;
  /** Memory: the page could not open the database and sends its events along. */
  storage: 'indexeddb' | 'memory';
  actionWeights: ActionWeights;
  /** null: the model's own. */
  halfLifeDays: number | null;
  /** Where the visitor starts from, by name; null or a name that the model lacks: from everyone. */
  segment?: string | null;
  learner: 'closed-form' | 'gradient' | 'softmax' | 'sampled-softmax' | 'bpr';
  retrieval: 'auto' | Backend;
  retentionDays: number;
  retentionEvents: number;
}

/** The same from a page that has not resolved its options; the worker does, and may refuse them. */
export interface LooseOpenRequest extends Pick<OpenRequest, 'build' | 'storage'> {
  /** As given; functions and signals are the page's alone. */
  options: Options;
  /** What relative addresses are relative to. */
  pageUrl: string;
  /** Where the kernels are unless an option says otherwise. */
  kernelUrl: string;
}
