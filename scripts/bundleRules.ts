/**
 * @module
 * What a bundle may hold and weigh: pure rules over what the bundler says of its chunks.
 */

export interface BundleChunk {
  fileName: string;
  /** Absolute path of the module the chunk was made for; null for a chunk of shared code. */
  facadeModuleId: string | null;
  isEntry: boolean;
  /** File names of chunks loaded together with this one. */
  imports: readonly string[];
  /** Ids of modules of which any code is left. */
  moduleIds: readonly string[];
  code: string;
}

/** Never in a page: models, whatever trains or ranks, the worker's side. */
const NOT_IN_A_PAGE = [
  /\/src\/model\//,
  /\/src\/worker\/(?!(client|api|spawn|wireErrors)\.ts$)/,
  /\/node_modules\/@tensorflow\//,
  /\/cli\//,
];

/** Modules that a page bundle must not hold. */
export function strangersInPage(chunks: readonly BundleChunk[]): string[] {
  return chunks
    .flatMap((chunk) => chunk.moduleIds)
    .filter((id) => NOT_IN_A_PAGE.some((pattern) => pattern.test(id)));
}

/** The entry's chunk and everything loaded together with it. */
export function loadedAtStart(chunks: readonly BundleChunk[]): BundleChunk[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const reached = new Set(chunks.filter((chunk) => chunk.isEntry));
  for (const chunk of reached) {
    for (const name of chunk.imports) {
      const imported = byName.get(name);
      if (imported) reached.add(imported);
    }
  }
  return [...reached];
}

/** A chunk's name as a reader knows it: the package, or the source file. */
export function chunkTitle(chunk: BundleChunk): string {
  const id = chunk.facadeModuleId ?? chunk.moduleIds.at(-1) ?? chunk.fileName;
  const packageName = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1];
  const shared = chunk.facadeModuleId === null ? ' (shared)' : '';
  return (packageName ?? id.replace(/^.*\/src\//, '').replace(/^\0/, '')) + shared;
}
