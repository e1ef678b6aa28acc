/**
 * Several crates as one: what a crate re-exports of others is documented with them, and their items stand for those that it names.
 *
 * rustdoc numbers the items of each crate anew. The numbers of every other crate are shifted, and where one crate names an item of another by its path, it gets
 * that item's number. Afterwards the items of all of them look like the crate's own, reached by its re-exports.
 */

import type { Id, RustdocCrate, RustdocSummary } from './format.ts';

/** What rustdoc wrote, and what cargo knows of the crates in it. */
export interface Rustdoc {
  readonly json: RustdocCrate;
  /** cargo's package ids of other crates, by their ids in the JSON. */
  readonly packages: ReadonlyMap<number, string>;
}

/** A package of which items are re-exported. */
export interface Reexported {
  /** cargo's id of the package. */
  readonly package: string;
  readonly library: string;
}

/**
 * The packages of items that public re-exports lead to and that are not there.
 *
 * @param kept libraries whose types have a meaning of their own and stay what they are
 */
export function reexportedPackages({ json, packages }: Rustdoc, kept: ReadonlySet<string>): readonly Reexported[] {
  const found = new Map<string, string>();
  for (const { crate_id: crate } of missingTargets(json)) {
    const [id, library] = [packages.get(crate), json.external_crates[crate]?.name];
    if (id !== undefined && library !== undefined && !kept.has(library)) found.set(id, library);
  }
  return [...found].map(([id, library]) => ({ package: id, library }));
}

/** What public `use` items name and the index lacks; a whole crate is a module of its own. */
function missingTargets(json: RustdocCrate): readonly RustdocSummary[] {
  const missing: RustdocSummary[] = [];
  const seen = new Set<Id>();
  const visit = (id: Id): void => {
    const inner = json.index[id]?.inner;
    if (!inner || seen.has(id)) return;
    seen.add(id);
    inner.module?.items.forEach(visit);
    if (!inner.use || inner.use.id === null) return;
    const { id: target, is_glob: isGlob } = inner.use;
    const summary = json.index[target] ? undefined : json.paths[target];
    if (summary && REEXPORTED.has(summary.kind) && (isGlob || summary.path.length > 1)) missing.push(summary);
    visit(target);
  };
  visit(json.root);
  return missing;
}

/** Kinds of items that can be bound; macros cannot. */
const REEXPORTED: ReadonlySet<string> = new Set(
  'module struct enum union function constant static trait type_alias'.split(' '),
);

/** Puts the items of another package beside those of a crate. */
export function merged(main: Rustdoc, other: Rustdoc, packageId: string): Rustdoc {
  const crates = 1 + largest(main.json.external_crates);
  const shifted = shift(other, 1 + Math.max(largest(main.json.index), largest(main.json.paths)), crates);
  const own = ownItems(shifted.json);
  const together: RustdocCrate = {
    ...main.json,
    index: { ...main.json.index, ...shifted.json.index },
    paths: { ...main.json.paths, ...shifted.json.paths },
    external_crates: { ...main.json.external_crates, ...shifted.json.external_crates },
  };
  const packages = new Map([...main.packages, ...shifted.packages]);
  const same = new Map<Id, Id>();
  for (const [id, summary] of Object.entries(together.paths)) {
    const item = packages.get(summary.crate_id) === packageId ? own.get(nameOf(summary)) : undefined;
    if (item !== undefined) same.set(Number(id), item);
  }
  return { json: renumber(together, (id) => same.get(id) ?? id) as RustdocCrate, packages };
}

/** Items that the index has, by path and kind. */
function ownItems({ index, paths }: RustdocCrate): ReadonlyMap<string, Id> {
  const own = Object.entries(paths).filter(([id, { crate_id: crate }]) => crate === 0 && index[id] !== undefined);
  return new Map(own.map(([id, summary]) => [nameOf(summary), Number(id)]));
}

function nameOf({ path, kind }: RustdocSummary): string {
  return `${path.join('::')} ${kind}`;
}

/** The same with larger numbers. */
function shift({ json, packages }: Rustdoc, by: number, crates: number): Rustdoc {
  const { index, paths, external_crates: others } = renumber(json, (id) => id + by) as RustdocCrate;
  const crate = (id: number): number => (id === 0 ? 0 : id + crates);
  const moved = <T>(table: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(table).map(([id, value]) => [Number(id) + by, change(value)]));
  return {
    json: {
      ...json,
      index: moved(index, (item) => ({ ...item, crate_id: crate(item.crate_id) })),
      paths: moved(paths, (summary) => ({ ...summary, crate_id: crate(summary.crate_id) })),
      external_crates: Object.fromEntries(Object.entries(others).map(([id, value]) => [crate(Number(id)), value])),
    },
    packages: new Map([...packages].map(([id, value]) => [crate(id), value])),
  };
}

function largest(table: Readonly<Record<string, unknown>>): number {
  return Object.keys(table).reduce((most, id) => Math.max(most, Number(id)), 0);
}

/** Changes the numbers of items, wherever the format has them. */
function renumber(node: unknown, change: (id: Id) => Id, key = ''): unknown {
  if (typeof node === 'number') return NUMBERED.has(key) ? change(node) : node;
  if (Array.isArray(node)) return node.map((child) => renumber(child, change, key));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, renumber(child, change, name)]));
}

/** Fields that hold numbers of items, alone or in lists. */
const NUMBERED: ReadonlySet<string> = new Set('id items impls fields variants implementations tuple'.split(' '));
