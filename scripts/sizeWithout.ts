/**
 * @module
 * sizeWithout: what a bundle would shrink by without each of its groups of modules. A part's cost is
 * that, and not its own length: what compresses well beside the rest costs little.
 *
 * A module is taken out by leaving its exports as functions that do nothing; what it alone imports
 * goes with it, and what is called with it stays. Groups overlap, so they do not add up. Measured is
 * the entry alone, which is a little less than what is shipped: parts need some of its modules.
 */
import type { Plugin, Rolldown } from 'vite';
import { brotliBytes, bundle, textOf } from './bundle.ts';

/** By file, its mode in `vite.config.ts`. */
const MODES = {
  'sotto.js': 'script',
  'chunks/page-answers.js': 'parts',
  'sotto-worker.js': 'worker',
} as const;

type Groups = Record<string, RegExp>;

/** By file: group, and what the paths of its modules end with. */
const GROUPS: Record<keyof typeof MODES, Groups> = {
  'sotto.js': {
    clicks: /\/watchClicks\.ts$/,
    impressions: /\/watchImpressions\.ts$/,
    views: /\/watchViews\.ts$/,
    'changes of the page': /\/watchPage\.ts$/,
    'credits to lists': /\/tracker\/credits\.ts$/,
    store: /\/src\/store\//,
    'events and their checks': /\/src\/events\.ts$|\/createEvent\.ts$/,
    'delivery and journal': /\/(delivery|journal)\.ts$/,
    'consent and session': /\/tracker\/(consent|session)\.ts$/,
    errors: /\/src\/errors\.ts$/,
  },
  'chunks/page-answers.js': {
    'other tabs': /\/recommender\/(tabs|followTabs)\.ts$/,
    'the worker’s client': /\/src\/worker\//,
    lists: /\/recommender\/(lists|listCalls|askFiltered)\.ts$/,
  },
  'sotto-worker.js': {
    'decoding, all': /\/artifact\/(decode\w*|rowIndex|varint)\.ts$/,
    factors: /\/decodeFactors\.ts$/,
    neighbours: /\/decodeNeighbours\.ts$/,
    ids: /\/(decodeIds|rowIndex)\.ts$/,
    'statistics and metadata': /\/decode(Statistics|Columns)\.ts$/,
    'signals and the learned blend': /\/signals\/|\/rankers\/learned\.ts$/,
    lists:
      /\/model\/(makeList|scoreRows|popular\w*|recommendation|candidates|fillList|listShape)\.ts$/,
    learning: /\/(learners\/als|preferences|objective)\.ts$|\/linalg\//,
    'retrieval, beside its kernel': /\/retrieval\/|\/rankingKernel\.ts$/,
    'the choice of what ranks': /\/chooseRetrieval\.ts$/,
    'the database, with idb': /\/src\/store\/|\/node_modules\/idb\//,
    idb: /\/node_modules\/idb\//,
    comlink: /\/node_modules\/comlink\//,
    'checks of the manifest': /\/isManifest\.ts$/,
    'checks of what a site asks': /\/plain\.ts$/,
    'files and their cache': /\/(modelFiles|firstShards|modelCache|integrity)\.ts$/,
  },
};

export interface GroupCost {
  file: string;
  group: string;
  brotliBytes: number;
}

/** @throws {Error} naming a group of which nothing is in the bundle. */
export async function sizeWithout(): Promise<GroupCost[]> {
  const costs: GroupCost[] = [];
  for (const [file, groups] of Object.entries(GROUPS) as [keyof typeof MODES, Groups][]) {
    const whole = await bytesOf(file, null);
    for (const [group, modules] of Object.entries(groups)) {
      costs.push({ file, group, brotliBytes: whole - (await bytesOf(file, modules)) });
    }
  }
  return costs;
}

async function bytesOf(file: keyof typeof MODES, without: RegExp | null): Promise<number> {
  const taken: string[] = [];
  const plugins = without ? [onlyTheEntry, emptied(without, taken)] : [onlyTheEntry];
  const chunks = await bundle(MODES[file], {}, plugins);
  if (without && taken.length === 0) throw new Error(`no module of ${file} matches ${without}`);
  return brotliBytes(chunks.filter(({ fileName }) => fileName === file).map(textOf));
}

/** What loads later is left out: else the entry would be cut by what is shared with it. */
const onlyTheEntry: Plugin = {
  name: 'sotto:only-the-entry',
  resolveDynamicImport: (specifier) => ({ id: String(specifier), external: true }),
};

/** @param taken - added to: the ids of what is emptied. */
function emptied(modules: RegExp, taken: string[]): Plugin {
  return {
    name: 'sotto:emptied',
    enforce: 'post',
    transform(code, id) {
      if (!modules.test(id.replace(/\?.*$/, ''))) return null;
      taken.push(id);
      const names = this.parse(code).body.flatMap(exportedNames);
      const lines = names.map((name) =>
        name === 'default' ? 'export default function () {}' : `export function ${name}() {}`,
      );
      return { code: lines.join('\n'), map: null };
    },
  };
}

type Statement = ReturnType<Rolldown.PluginContext['parse']>['body'][number];

function exportedNames(statement: Statement): string[] {
  if (statement.type === 'ExportDefaultDeclaration') return ['default'];
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const { declaration, specifiers } = statement;
  const declared =
    declaration?.type === 'VariableDeclaration' ? declaration.declarations : [declaration];
  return [
    ...declared.flatMap((one) =>
      one && 'id' in one && one.id?.type === 'Identifier' ? one.id.name : [],
    ),
    ...specifiers.flatMap(({ exported }) => (exported.type === 'Identifier' ? exported.name : [])),
  ];
}
