/**
 * @module
 * The pages that visits are made on: the built script, plain boxes, and a few words for their
 * scripts. The model's address leads nowhere: events are counted all the same.
 */

const STYLE = `body { margin: 0 } [data-sotto-item] { display: block; width: 100px; height: 100px;
margin: 4px; background: #cde; overflow: hidden }`;

/** `rendered`: two frames, so that what has changed has been laid out and observed. */
const WORDS = `
const $ = (selector) => document.querySelector(selector);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rendered = () => new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
const add = (html, where = document.body) => where.insertAdjacentHTML('beforeend', html);
const grow = (host, html, mode = 'open') => {
  const tree = host.attachShadow({ mode });
  tree.innerHTML = '<style>${STYLE.replaceAll('\n', ' ')}</style>' + html;
  return tree;
};
const glimpse = async (selector, stayMs) => {
  const before = scrollY;
  const started = performance.now();
  $(selector).scrollIntoView();
  await rendered();
  await pause(stayMs);
  scrollTo(0, before);
  await rendered();
  return performance.now() - started;
};
const fly = async (selectors) => {
  let longestMs = 0;
  for (const selector of selectors) {
    const started = performance.now();
    $(selector).scrollIntoView();
    await new Promise(requestAnimationFrame);
    longestMs = Math.max(longestMs, performance.now() - started);
  }
  return longestMs;
};
addEventListener('pageshow', (event) => { window.wasRestored = event.persisted; });
`;

export function pageOf(
  title: string,
  body: string,
  options: Readonly<Record<string, string>>,
): string {
  const attributes = Object.entries({
    'data-model': '/no-model.json',
    'data-worker-url': '/no-worker.js',
    'data-track-automated': '',
    ...options,
  })
    .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`)
    .join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<link rel="icon" href="data:,"><style>${STYLE}</style><script>${WORDS}</script>
<script src="/sotto/sotto.js"${attributes}></script></head><body>${body}</body></html>`;
}
