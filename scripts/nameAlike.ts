/**
 * @module
 * nameAlike: one letter for each variable of a script, the same wherever the sources have the same
 * name, and for its inner members theirs. The like of `(visit) => visit.consent` is then the same text
 * each time, which compresses better than letters by the order within a function, as minifiers give
 * them: the page's script is 80 bytes smaller by it.
 *
 * Which names may be the same is a matter of scopes, which `eslint-scope` knows; whether every name
 * still means what it did is looked up again in what comes out.
 */
import { parse, type Node } from 'acorn';
import { analyze, type Scope, type Variable } from 'eslint-scope';

/** The most frequent first. */
const LETTERS = [...'etnroisaldcufmphgywvbkSIPEMjOARTUxNDCqWzJVFBHGKQXYZL'];
const NAMES = [...LETTERS, ...LETTERS.map((letter) => `_${letter}`)];

interface Text {
  start: number;
  end: number;
  instead: string;
}

/**
 * @param code - whole and unmangled: no direct `eval`, no `with`.
 * @param members - names of members, and what stands for each.
 * @throws {Error} when a name would come to mean another variable.
 */
export function nameAlike(code: string, members: Readonly<Record<string, string>>): string {
  const before = read(code);
  const names = namesFor(before.variables);
  const nameAt = new Map<number, string>();
  before.variables.forEach(({ spots }, index) => {
    for (const spot of spots) nameAt.set(spot, names[index]);
  });
  const texts: Text[] = [];
  const write = (node: Node & { name: string }, instead: string | undefined) => {
    if (instead !== undefined) texts.push({ start: node.start, end: node.end, instead });
  };
  const memberName = (name: string) => (Object.hasOwn(members, name) ? members[name] : undefined);

  for (const node of before.nodes) {
    if (node.type === 'Identifier') write(node as Named, nameAt.get(node.start));
    else if (isMember(node)) write(node.property, memberName(node.property.name));
    else if (isKeyed(node)) {
      const { key } = node;
      const long = memberName(key.name) ?? key.name;
      if (!node.shorthand) write(key, memberName(key.name));
      else {
        const short = nameAt.get(key.start) ?? key.name;
        if (short !== long) texts.push({ start: key.start, end: key.start, instead: `${long}:` });
      }
    } else if (isExport(node) && node.local.start === node.exported.start) {
      const { end, name } = node.exported;
      if (nameAt.has(node.local.start)) texts.push({ start: end, end, instead: ` as ${name}` });
    }
  }
  const renamed = replaced(code, texts);
  const after = read(renamed);
  if (String(before.meanings) !== String(after.meanings)) {
    throw new Error('a name would mean another variable');
  }
  return renamed;
}

type Named = Node & { name: string };
type Member = Node & { computed: boolean; property: Named };
type Keyed = Node & { computed: boolean; shorthand?: boolean; key: Named };
type Export = Node & { local: Named; exported: Named };

const isMember = (node: Node): node is Member =>
  node.type === 'MemberExpression' && !(node as Member).computed;
const isKeyed = (node: Node): node is Keyed =>
  ['Property', 'PropertyDefinition', 'MethodDefinition'].includes(node.type) &&
  !(node as Keyed).computed &&
  (node as Keyed).key.type === 'Identifier';
const isExport = (node: Node): node is Export => node.type === 'ExportSpecifier';

interface Known {
  name: string;
  scope: Scope;
  /** Where it is named. */
  spots: ReadonlySet<number>;
  /** Between where it is declared and where it is used: there no other may have its name. */
  reach: ReadonlySet<Scope>;
}

function read(code: string) {
  const tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module', ranges: true });
  const nodes: Node[] = [];
  const visit = (node: Node): void => {
    nodes.push(node);
    for (const value of Object.values(node) as unknown[]) {
      for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isNode(one)) visit(one);
      }
    }
  };
  visit(tree);
  const { scopes } = analyze(tree as never, { ecmaVersion: 2022, sourceType: 'module' });
  const variables = scopes
    .filter(({ type }) => type !== 'global')
    .flatMap((scope) => scope.variables.filter(({ defs }) => defs.length > 0).map(known));
  // By order of places, which new names do not change.
  const places = variables.flatMap(({ spots }, index) =>
    [...spots].map((spot) => [spot, index] as const),
  );
  const meanings = places.sort(([left], [right]) => left - right).map(([, index]) => index);
  return { nodes, variables, meanings };
}

const isNode = (value: unknown): value is Node =>
  typeof (value as Node | null | undefined)?.type === 'string';

function known({ name, scope, identifiers, references }: Variable): Known {
  const spots = new Set(identifiers.map((identifier) => startOf(identifier)));
  const reach = new Set([scope]);
  for (const { identifier, from } of references) {
    spots.add(startOf(identifier));
    for (let inner: Scope | null = from; inner && inner !== scope; inner = inner.upper) {
      reach.add(inner);
    }
  }
  return { name, scope, spots, reach };
}

const startOf = (identifier: unknown): number => (identifier as Node).start;

/** For each variable a name that is none of those it could be taken for. */
function namesFor(variables: readonly Known[]): string[] {
  const rivals = variables.map(() => new Set<number>());
  const declared = indicesBy(variables, ({ scope }) => scope);
  variables.forEach(({ reach }, index) => {
    for (const other of [...reach].flatMap((scope) => declared.get(scope) ?? [])) {
      if (other === index) continue;
      rivals[index].add(other);
      rivals[other].add(index);
    }
  });
  const names: string[] = [];
  const uses = (alike: readonly number[]) =>
    alike.reduce((sum, index) => sum + variables[index].spots.size, 0);
  const groups = [...indicesBy(variables, ({ name }) => name).values()];
  for (const alike of groups.sort((left, right) => uses(right) - uses(left))) {
    for (const index of alike) {
      const taken = new Set([...rivals[index]].map((rival) => names[rival]));
      const asBefore = alike.map((other) => names[other]).filter(Boolean);
      const name = [...asBefore, ...NAMES].find((one) => !taken.has(one));
      if (!name) throw new Error(`no name is left for ${variables[index].name}`);
      names[index] = name;
    }
  }
  return names;
}

function indicesBy<T, K>(all: readonly T[], keyOf: (one: T) => K): Map<K, number[]> {
  const indices = new Map<K, number[]>();
  all.forEach((one, index) => {
    const key = keyOf(one);
    indices.set(key, [...(indices.get(key) ?? []), index]);
  });
  return indices;
}

function replaced(code: string, texts: readonly Text[]): string {
  const inOrder = [...texts].sort(
    (left, right) => left.start - right.start || left.end - right.end,
  );
  let at = 0;
  let written = '';
  for (const { start, end, instead } of inOrder) {
    // A shorthand's key and value are one place.
    if (end > start && start < at) continue;
    written += code.slice(at, start) + instead;
    at = end;
  }
  return written + code.slice(at);
}
