/**
 * @module
 * workerFromText: the worker's script as a text of its own, for a blob: what it imports later it
 * finds from there too. With hashes, nothing runs in it that does not have its own.
 *
 * Browsers check no hash of a worker, of what it imports or of its .wasm files; what is fetched they
 * do check. So all of it is fetched here. https://www.w3.org/TR/SRI/
 */

/** Absolute address → what stands in an `integrity` attribute. */
export type Hashes = Readonly<Record<string, string>>;

/** As the build writes an import of a chunk. */
const IMPORT = /\bimport\((["'`])(\.[^"'`]+)\1\)/g;

/** @throws {TypeError} as `fetch`, also where a hash is another; {Error} where there is none, or no file. */
export async function workerFromText(url: string, hashes: Hashes | null): Promise<string> {
  if (hashes && !hashes[url]) throw new Error(`no integrity is given for ${url}`);
  const response = await fetch(url, {
    credentials: 'omit',
    ...(hashes && { integrity: hashes[url] }),
  });
  if (!response.ok) throw new Error(`${url}: the server answers ${response.status}`);
  const text = (await response.text()).replaceAll(IMPORT, 'sottoImport($1$2$1)');
  const prelude = `(${loadBeside.toString()})(${JSON.stringify(url)},${JSON.stringify(hashes)});`;
  const blob = new Blob([prelude, text], { type: 'text/javascript' });
  return URL.createObjectURL(blob);
}

/**
 * Runs in the worker, before its script, and so may use nothing from around it: imports what lies
 * beside the script. Whatever is fetched or imported by the names of the list must have its hash.
 */
function loadBeside(workerUrl: string, hashes: Hashes | null): void {
  const scope = globalThis as unknown as {
    sottoImport: (path: string) => Promise<unknown>;
    fetch: typeof fetch;
  };
  const fetchAny = scope.fetch;
  scope.fetch = (input, options) => {
    const integrity = hashes?.[input instanceof Request ? input.url : input.toString()];
    return fetchAny(input, integrity ? { ...options, integrity } : options);
  };
  /** Address → the blob in its place. */
  const places: Record<string, Promise<string>> = { [workerUrl]: Promise.resolve(location.href) };
  const placeOf = (url: string): Promise<string> => (places[url] ??= place(url));
  const place = async (url: string): Promise<string> => {
    if (hashes && !hashes[url]) throw new Error(`no integrity is given for ${url}`);
    let text = await (await scope.fetch(url, { credentials: 'omit' })).text();
    const found = [...text.matchAll(/\b(?:from|import)\s*(["'`])(\.[^"'`]+)\1/g)];
    for (const [, quote, path] of found) {
      const standsAt = await placeOf(new URL(path, url).href);
      text = text.replaceAll(quote + path + quote, JSON.stringify(standsAt));
    }
    // Relative to the file that they stand in.
    text = text.replaceAll(
      /\bimport\((["'`])(\.[^"'`]+)\1\)/g,
      (_, _quote, path: string) => `sottoImport(${JSON.stringify(new URL(path, url).href)})`,
    );
    return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  };
  const importFrom = (url: string): Promise<unknown> =>
    import(/* @vite-ignore */ /* webpackIgnore: true */ url);
  const importPlaced = async (url: string) => importFrom(await placeOf(url));
  scope.sottoImport = (path) => {
    const { href } = new URL(path, workerUrl);
    // Some policies allow the one, some the other.
    return hashes ? importPlaced(href) : importFrom(href).catch(() => importPlaced(href));
  };
}
