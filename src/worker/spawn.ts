/**
 * @module
 * How the worker is made from an address. One of another origin (a CDN's) is refused by browsers,
 * so a worker of one line, of the page's own origin, imports it.
 */
export function spawnWorker(url: string): Worker {
  // Not the location's, which is none in a frame of srcdoc.
  if (new URL(url).origin === origin) return new Worker(url, { type: 'module' });
  const line = new Blob([`import ${JSON.stringify(url)}`], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(line), { type: 'module' });
}
