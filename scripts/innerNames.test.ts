import { basename, relative, sep } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { INNER_NAMES } from './innerNames.ts';
import { pageParts } from './pageParts.ts';

/** Who may declare an inner name: the page's own, and of that nothing that a site is given. */
const INNER = /^src\/(recommender|tracker|store)\//;
const PUBLIC = new Set(['types.ts', 'lists.ts', 'places.ts']);
const PUBLIC_TYPES = new Set(['UpdateEvent', 'EventMap', 'TabMessage', 'StoreContents', 'Seat']);

const shown = (node: ts.Node) => {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative('.', file.fileName).replaceAll(sep, '/')}:${line + 1} ${node.getText()}`;
};

test('no inner name is the site’s, the worker’s, the store’s or the browser’s', () => {
  const program = ts.createProgram(['src/script.ts', ...Object.values(pageParts())], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const strangers: string[] = [];
  const met = new Set<string>();

  const isInner = (declaration: ts.Declaration): boolean => {
    const path = relative('.', declaration.getSourceFile().fileName).replaceAll(sep, '/');
    const { parent } = declaration as ts.Node;
    const name = ts.isInterfaceDeclaration(parent) || ts.isTypeAliasDeclaration(parent);
    return (
      INNER.test(path) &&
      !(PUBLIC.has(basename(path)) && path.startsWith('src/recommender/')) &&
      !(name && PUBLIC_TYPES.has(parent.name.text))
    );
  };
  const look = (node: ts.Node): void => {
    ts.forEachChild(node, look);
    if (!ts.isIdentifier(node) || !Object.hasOwn(INNER_NAMES, node.text)) return;
    const { parent } = node;
    let symbol: ts.Symbol | undefined;
    if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
      symbol = checker.getSymbolAtLocation(node);
    } else if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node) {
      if (!ts.isObjectBindingPattern(parent.parent)) return;
      symbol = checker.getTypeAtLocation(parent.parent).getProperty(node.text);
    } else if (
      (ts.isPropertyAssignment(parent) ||
        ts.isShorthandPropertyAssignment(parent) ||
        ts.isMethodDeclaration(parent)) &&
      parent.name === node &&
      ts.isObjectLiteralExpression(parent.parent)
    ) {
      symbol = checker.getContextualType(parent.parent)?.getProperty(node.text);
      // Without a context nobody else has declared it.
      if (!symbol) return;
    } else return;
    met.add(node.text);
    const declarations = symbol?.declarations ?? [];
    if (!declarations.length || !declarations.every(isInner)) strangers.push(shown(node));
  };
  for (const file of program.getSourceFiles()) {
    if (!file.isDeclarationFile && !file.fileName.includes('node_modules')) look(file);
  }
  // What a part exports keeps its name.
  for (const part of Object.values(pageParts())) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(part)!)!;
    for (const { name } of checker.getExportsOfModule(module)) {
      if (Object.hasOwn(INNER_NAMES, name)) strangers.push(`${part} exports ${name}`);
    }
  }
  expect(strangers).toEqual([]);
  // One that nobody uses any more keeps its letter from the others.
  expect(Object.keys(INNER_NAMES).filter((name) => !met.has(name))).toEqual([]);
}, 60_000);

test('each has a letter of its own', () => {
  const letters = Object.values(INNER_NAMES);
  expect(new Set(letters).size).toBe(letters.length);
  for (const letter of letters) expect(letter).toMatch(/^[A-Za-z]$/);
});
