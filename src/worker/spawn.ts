/**
 * @module
 * How the worker is made from an address. One of another origin (a CDN's) is refused by browsers,
 * so a worker of one line, of the page's own origin, imports it.
 */

/** Of a page that requires trusted types, which has to name the policy 'sotto' to allow it. */
interface TrustedTypes {
  createPolicy: (
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ) => { createScriptURL: (url: string) => string };
}

export function spawnWorker(url: string): Worker {
  // Not the location's, which is none in a frame of srcdoc.
  if (new URL(url).origin !== origin) {
    const line = new Blob([`import ${JSON.stringify(url)}`], { type: 'text/javascript' });
    url = URL.createObjectURL(line);
  }
  return new Worker(trusted(url), { type: 'module' });
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

/** The address comes from the site's own options, or from where its script lies. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  try {
    // The page keeps a policy for ever: a function of ours would hold all that it can see.
    policy ??= trustedTypes?.createPolicy('sotto', { createScriptURL: String });
  } catch {
    // The page allows no such policy: it may have a default one.
  }
  return policy?.createScriptURL(url) ?? url;
}
