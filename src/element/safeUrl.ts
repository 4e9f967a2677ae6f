/**
 * @module
 * safeUrl: an address from a catalogue, if it leads somewhere and does not run.
 */

/** @param isImage - pictures may also stand in the address itself. @returns null: leave it out. */
export function safeUrl(value: unknown, isImage = false): string | null {
  if (typeof value !== 'string' || !value) return null;
  try {
    const { href, protocol } = new URL(value, document.baseURI);
    if (/^https?:$/.test(protocol) || protocol === location.protocol) return href;
    return isImage && /^data:image\//.test(href) ? href : null;
  } catch {
    return null;
  }
}
