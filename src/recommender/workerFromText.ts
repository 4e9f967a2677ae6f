/**
 * @module
 * workerFromText: the worker's script as a text of its own, in a blob: what it imports later it
 * finds from there too. With hashes, nothing of it runs that does not have its own.
 *
 * Browsers check no hash of a worker, of what it imports or of its .wasm files; what is fetched they
 * do check. So all of it is fetched here. https://www.w3.org/TR/SRI/
 */

/** Absolute address → what stands in an `integrity` attribute. */
export type Hashes = Readonly<Record<string, string>>;

/** As the build writes an import of a chunk. */
const IMPORT = /\bimport\((["'`])(\.[^"'`]+)\1\)/g;

/**
 * @returns the address of a module of the same script, for a worker or for the page itself.
 * @throws {Error} where it is not there, no hash is given for it, or it is another file.
 */
export async function workerFromText(url: string, hashes: Hashes | null): Promise<string> {
  if (hashes && !hashes[url]) throw new Error(`no integrity is given for ${url}`);
  const response = await fetch(url, {
    credentials: 'omit',
    ...(hashes && { integrity: hashes[url] }),
  }).catch((cause: unknown) => {
    // Browsers tell nobody which of the two it was.
    const or = hashes ? ', or is not the file that its integrity names' : '';
    throw new Error(`${url} does not load${or}: ${String(cause)}`, { cause });
  });
  if (!response.ok) throw new Error(`${url}: the server answers ${response.status}`);
  const text = (await response.text()).replaceAll(IMPORT, 'sottoImport($1$2$1)');
  // A bundler would put an address of its own in the place of one that is no text.
  const given = `${JSON.stringify(url)},${JSON.stringify(hashes)},import.meta.url`;
  const prelude = `const{sottoImport,fetch}=(${loadBeside.toString()})(${given});`;
  const blob = new Blob([prelude, text], { type: 'text/javascript' });
  return URL.createObjectURL(blob);
}

/** What every text of the script has in the place of the names that it uses. */
interface Beside {
  sottoImport: (path: string) => Promise<unknown>;
  fetch: typeof fetch;
}

/**
 * Runs before the script, and so may use nothing from around it: imports what lies beside the script.
 * Whatever is fetched or imported by the names of the list must have its hash. On a page that holds
 * for our own texts alone: the page's `fetch` is the page's.
 */
function loadBeside(workerUrl: string, hashes: Hashes | null, ownUrl: string): Beside {
  const scope = globalThis as unknown as Record<symbol, Beside> & Pick<Beside, 'fetch'>;
  const key = Symbol.for('sotto.beside');
  // Of several on one page the first one serves all, as its script does.
  if (scope[key]) return scope[key];
  const fetchAny = scope.fetch;
  const fetchVerified: typeof fetch = (input, options) => {
    const integrity = hashes?.[input instanceof Request ? input.url : input.toString()];
    return fetchAny(input, integrity ? { ...options, integrity } : options);
  };
  /** Address → the blob in its place. */
  const places: Record<string, Promise<string>> = { [workerUrl]: Promise.resolve(ownUrl) };
  const placeOf = (url: string): Promise<string> => (places[url] ??= place(url));
  const place = async (url: string): Promise<string> => {
    if (hashes && !hashes[url]) throw new Error(`no integrity is given for ${url}`);
    let text = await (await fetchVerified(url, { credentials: 'omit' })).text();
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
    const prelude = `const{sottoImport,fetch}=globalThis[Symbol.for("sotto.beside")];`;
    return URL.createObjectURL(new Blob([prelude, text], { type: 'text/javascript' }));
  };
  const importFrom = (url: string): Promise<unknown> =>
    import(/* @vite-ignore */ /* webpackIgnore: true */ url);
  const importPlaced = async (url: string) => importFrom(await placeOf(url));
  const sottoImport: Beside['sottoImport'] = (path) => {
    const { href } = new URL(path, workerUrl);
    // Some policies allow the one, some the other.
    return hashes ? importPlaced(href) : importFrom(href).catch(() => importPlaced(href));
  };
  // A library may call it by another name.
  if (typeof document === 'undefined') scope.fetch = fetchVerified;
  return (scope[key] = { sottoImport, fetch: fetchVerified });
}
