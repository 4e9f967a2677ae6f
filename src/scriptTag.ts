/**
 * @module
 * The script's own tag, looked up while the script runs for the first time: a page may remove it
 * afterwards, and what lies beside the script is still found.
 */
import { SottoError } from './errors.ts';

const isPage = typeof document !== 'undefined';

/** null: the page has none, or this is no page. */
export const tag = isPage
  ? ((document.currentScript ??
      document.querySelector('script[data-model]')) as HTMLScriptElement | null)
  : null;

const baseUrl = tag?.src || (isPage ? document.baseURI : '');

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
