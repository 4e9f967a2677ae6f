/**
 * @module
 * How <sotto-inspector> looks. System colours: it fits light and dark pages, and forced colours.
 */
export const INSPECTOR_CSS = `
:host { display: block; font: inherit; }
:host([hidden]), [hidden] { display: none; }
h2, h3 { font-size: 1.1em; margin: 1.2em 0 .4em; }
h2 { font-size: 1.3em; margin-block-start: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: 0; }
dd { margin: 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { align-items: center; border-block-end: 1px solid color-mix(in srgb, currentColor 20%, transparent);
  display: flex; flex-wrap: wrap; gap: .2em .8em; padding: .3em 0; }
li > :first-child { flex: 1 1 12em; }
details { flex: 1 1 100%; }
summary { cursor: pointer; }
details ul { margin-inline-start: 1.1em; }
details li:last-child { border: 0; }
small { opacity: .75; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .2em .8em .2em 0; text-align: start; }
td { font-variant-numeric: tabular-nums; }
[part=actions] { display: flex; flex-wrap: wrap; gap: .6em; margin-block-start: 1.2em; }
`;
