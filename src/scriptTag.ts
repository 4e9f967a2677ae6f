/**
 * @module
 * The script's own tag, looked up while the script runs for the first time: a page may remove it
 * afterwards, and what lies beside the script is still found.
 */
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
