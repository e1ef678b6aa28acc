/**
 * The names under which a crate's users reach its items: one walk over the public modules. Each item is kept under the shortest of its paths.
 */

import type { Id, RustdocItem } from '../rustdoc/format.ts';
import { docsOf } from './docs.ts';
import { itemKey, type ItemKey, type Path } from './types.ts';

/** What the walk asks of the crate. */
export interface NameSource {
  get(id: Id): RustdocItem;
  find(id: Id): RustdocItem | undefined;
  /** The item when it belongs to this crate. */
  own(id: Id): RustdocItem | undefined;
}

/** A public name and what it leads to. */
export interface Reached {
  readonly path: Path;
  readonly id: Id;
}

export interface ModuleDraft {
  readonly path: Path;
  readonly docs: string;
  readonly names: Reached[];
  readonly modules: ModuleDraft[];
}

export class PublicNames {
  readonly #source: NameSource;
  readonly root: ModuleDraft;
  /** The shortest path of each item. */
  readonly canonical = new Map<Id, Path>();
  /** Re-exports of other crates. */
  readonly foreign = new Map<ItemKey, RustdocItem>();

  constructor(root: RustdocItem, source: NameSource) {
    this.#source = source;
    this.root = this.#walk(root, [root.name ?? ''], new Set());
    this.#chooseCanonicalPaths(this.root);
  }

  /** Names of one module; `inside` holds the modules on the way here, so that re-exported parents end. */
  #walk(module: RustdocItem, path: Path, inside: ReadonlySet<Id>): ModuleDraft {
    const draft: ModuleDraft = { path, docs: docsOf(module), names: [], modules: [] };
    const within = new Set(inside).add(module.id);
    for (const { name, id } of this.#namesIn(module, path, new Set())) {
      const item = this.#source.get(id);
      if (!item.inner.module) {
        draft.names.push({ path: [...path, name], id });
      } else if (!within.has(id)) {
        draft.modules.push(this.#walk(item, [...path, name], within));
      }
    }
    draft.modules.sort((a, b) => compare(itemKey(a.path), itemKey(b.path)));
    return draft;
  }

  /** Explicit names shadow those that a glob brings, each in its namespace: a type, a value and a macro may share a name. */
  #namesIn(module: RustdocItem, path: Path, seen: Set<Id>): { name: string; id: Id }[] {
    if (seen.has(module.id)) return [];
    seen.add(module.id);
    const explicit: { name: string; id: Id }[] = [];
    const globs: { name: string; id: Id }[] = [];
    for (const id of module.inner.module?.items ?? module.inner.enum?.variants ?? []) {
      const item = this.#source.find(id);
      if (!item) continue;
      if (item.inner.use) {
        const { use } = item.inner;
        const target = use.id === null ? undefined : this.#source.own(use.id);
        if (!target) this.foreign.set(itemKey([...path, use.is_glob ? `${use.source}::*` : use.name]), item);
        else if (use.is_glob) globs.push(...this.#namesIn(target, path, seen));
        else explicit.push(...this.#followUse(use.name, target));
      } else if (item.inner.extern_crate) {
        const name = item.inner.extern_crate.rename ?? item.inner.extern_crate.name;
        this.foreign.set(itemKey([...path, name]), item);
      } else if (item.name !== null && item.inner.impl === undefined) {
        explicit.push({ name: item.name, id });
      }
    }
    const byKey = new Map<string, { name: string; id: Id }>();
    for (const entry of [...explicit, ...globs]) {
      const key = `${namespaceOf(this.#source.get(entry.id))} ${entry.name}`;
      if (!byKey.has(key)) byKey.set(key, entry);
    }
    return [...byKey.values()];
  }

  /** A re-export of a re-export leads to the item. */
  #followUse(name: string, target: RustdocItem): { name: string; id: Id }[] {
    const next = target.inner.use;
    if (!next) return [{ name, id: target.id }];
    const item = next.id === null ? undefined : this.#source.own(next.id);
    return item ? this.#followUse(name, item) : [];
  }

  #chooseCanonicalPaths(root: ModuleDraft): void {
    const reached: Reached[] = [];
    const collect = (module: ModuleDraft): void => {
      reached.push(...module.names);
      module.modules.forEach(collect);
    };
    collect(root);
    const order = (a: Reached, b: Reached): number =>
      a.path.length - b.path.length ||
      Number(this.#isRenamed(a)) - Number(this.#isRenamed(b)) ||
      compare(itemKey(a.path), itemKey(b.path));
    for (const { id, path } of reached.sort(order)) if (!this.canonical.has(id)) this.canonical.set(id, path);
  }

  #isRenamed({ path, id }: Reached): boolean {
    return this.#source.get(id).name !== path.at(-1);
  }
}

export type Namespace = 'type' | 'value' | 'macro';

export function namespaceOf({ inner }: RustdocItem): Namespace {
  if (inner.function || inner.constant || inner.static) return 'value';
  return inner.macro !== undefined || inner.proc_macro !== undefined ? 'macro' : 'type';
}

/** Order by code units, whatever the locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
