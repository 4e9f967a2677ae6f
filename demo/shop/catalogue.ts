/**
 * @module
 * The shop's goods, read from the model's own static files (ids, titles, prices, departments):
 * the same few files for every visitor, so that browsing asks the network nothing that tells.
 */

export interface Product {
  id: string;
  title: string;
  /** Pounds; null where the data has none. */
  pricePounds: number | null;
  department: string;
  /** Distinct buyers in the data. */
  buyers: number;
}

export interface Catalogue {
  modelId: string;
  products: readonly Product[];
  /** Place of an item in the model. */
  rowOf: ReadonlyMap<string, number>;
  /** Departments with how many products each has, largest first. */
  departments: readonly { name: string; products: number }[];
}

/** Where a product without a category stands. */
const NO_DEPARTMENT = 'Gifts';

interface Columns {
  title?: (string | null)[];
  price?: (number | null)[];
  categories?: (string[] | null)[];
}

let loading: Promise<Catalogue> | null = null;

/** Asked for once a page. */
export function loadCatalogue(): Promise<Catalogue> {
  loading ??= read();
  return loading;
}

async function read(): Promise<Catalogue> {
  const manifest = await readJson<{ modelId: string; files: { role: string; name: string }[] }>(
    'model/manifest.json',
  );
  const fileOf = (role: string): string => {
    const file = manifest.files.find((one) => one.role === role);
    if (!file) throw new Error(`model/manifest.json must name a file of ${role} but names none`);
    return `model/${file.name}`;
  };
  const [ids, columns, statistics] = await Promise.all([
    readJson<string[]>(fileOf('ids')),
    readJson<Columns>(fileOf('items')),
    readJson<{ popularity: number[] }>(fileOf('statistics')),
  ]);
  const products = ids.map((id, row) => ({
    id,
    title: columns.title?.[row] ?? `Item ${id}`,
    pricePounds: columns.price?.[row] ?? null,
    department: columns.categories?.[row]?.[0] ?? NO_DEPARTMENT,
    buyers: statistics.popularity[row] ?? 0,
  }));
  return {
    modelId: manifest.modelId,
    products,
    rowOf: new Map(ids.map((id, row) => [id, row])),
    departments: countDepartments(products),
  };
}

function countDepartments(products: readonly Product[]): { name: string; products: number }[] {
  const counts = new Map<string, number>();
  for (const { department } of products) counts.set(department, (counts.get(department) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, products: count }))
    .sort((a, b) => b.products - a.products || a.name.localeCompare(b.name));
}

async function readJson<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} must be readable but answered ${response.status}`);
  return (await response.json()) as T;
}
