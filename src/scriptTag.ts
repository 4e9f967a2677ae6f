/**
 * @module
 * The script's own tag, looked up while the script runs for the first time: a page may remove it
 * afterwards, and what lies beside the script is still found.
 */
import { SottoError } from './errors.ts';

const page = globalThis.document as Document | undefined;

/** None: the page has none, or this is no page. */
export const tag = (page?.currentScript ?? page?.querySelector('script[data-model]')) as
  HTMLScriptElement | null | undefined;

const baseUrl = tag?.src || page?.baseURI;

/** The address of a file that lies in the folder of the script. */
export function beside(file: string): string {
  return new URL(file, baseUrl).href;
}

/**
 * What the build puts in the place of a literal import of a source file.
 * @throws {SottoError} `file-missing`.
 */
export function loadPart(name: string): Promise<unknown> {
  const url = beside(`chunks/page-${name}.js`);
  return import(/* @vite-ignore */ url).catch((cause: unknown) => {
    throw new SottoError('file-missing', `${url} does not load`, { cause });
  });
}
