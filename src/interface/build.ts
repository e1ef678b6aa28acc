/**
 * rustdoc's JSON -> {@link Interface}.
 *
 * One walk over the public modules finds every name under which an item can be reached; each item is kept once, under the shortest of its paths.
 */

import type {
  Id,
  RustdocCrate,
  RustdocFunction,
  RustdocGenerics,
  RustdocImpl,
  RustdocItem,
  RustdocPath,
  RustdocStructKind,
  RustdocType,
  RustdocVariantKind,
} from '../rustdoc/format.ts';
import type {
  ConstantItem,
  Field,
  Fields,
  Generics,
  Implementation,
  Interface,
  Item,
  ItemKey,
  Method,
  Module,
  Path,
  Receiver,
  Signature,
  SourceSpan,
  TypeFacts,
  Value,
  Variant,
} from './types.ts';
import { itemKey } from './types.ts';
import { docsOf } from './docs.ts';
import { settleErrors } from './errors.ts';
import { lifetimeParameters, outlivings } from './lifetime-arguments.ts';
import { naturalInstantiations } from './natural.ts';
import type { BoundSource } from './bounds.ts';
import { type Binding, instantiations } from './instances.ts';
import { associatedTypes, TraitReader } from './traits.ts';
import { typeArguments, ValueReader } from './values.ts';

/**
 * Builds the model of a crate.
 *
 * @param crate rustdoc's JSON of an accepted format version
 * @param packages the packages of other crates, by their ids in the JSON
 * @param locate turns the file names of spans into paths that the user knows
 */
export function buildInterface(
  crate: RustdocCrate,
  packages: ReadonlyMap<number, string> = new Map(),
  locate: (file: string) => string = (file) => file,
): Interface {
  return new InterfaceBuilder(crate, packages, locate).build();
}

/** A public name and what it leads to. */
interface Reached {
  readonly path: Path;
  readonly id: Id;
}

interface ModuleDraft {
  readonly path: Path;
  readonly docs: string;
  readonly names: Reached[];
  readonly modules: ModuleDraft[];
}

class InterfaceBuilder {
  readonly #crate: RustdocCrate;
  readonly #packages: ReadonlyMap<number, string>;
  readonly #locate: (file: string) => string;
  readonly #values: ValueReader;
  readonly #traits: TraitReader;
  readonly #canonical = new Map<Id, Path>();
  readonly #foreign = new Map<ItemKey, RustdocItem>();
  /** Well-known crates whose types occur, by name. */
  readonly #linked = new Map<string, number>();

  constructor(crate: RustdocCrate, packages: ReadonlyMap<number, string>, locate: (file: string) => string) {
    this.#crate = crate;
    this.#packages = packages;
    this.#locate = locate;
    this.#values = new ValueReader({
      definitionPath: (id) => crate.paths[id]?.path.join('::'),
      item: (id) => this.#ownItem(id),
      publicKey: (id) => this.#keyOf(id),
      isLinked: (id) => this.#isLinked(id),
      isPlainEnum: (id) => this.#isPlainEnum(id),
      implements: (id, trait) => this.#implements(id, trait),
    });
    this.#traits = new TraitReader({
      item: (id) => crate.index[id],
      definitionOf: (path) => this.#definitionOf(path),
      publicPath: (id) => this.#canonical.get(id),
      values: this.#values,
      method: (item, fn, path, values) => this.#method(item, fn, path, values),
      constant: (item, type, path, values) => this.#constant(item, type, path, values),
    });
  }

  build(): Interface {
    const root = this.#get(this.#crate.root);
    const name = root.name ?? '';
    const draft = this.#walk(root, [name], new Set());
    this.#chooseCanonicalPaths(draft);
    const items = new Map<ItemKey, Item>();
    for (const [id, path] of [...this.#canonical].sort((a, b) => compare(itemKey(a[1]), itemKey(b[1])))) {
      const item = this.#item(this.#get(id), path);
      const key = this.#keyOf(id);
      if (item && key !== undefined) items.set(key, item);
    }
    for (const [key, use] of this.#foreign) {
      items.set(key, { kind: 'foreign', ...this.#base(use, key.split('::')), source: use.inner.use?.source ?? '' });
    }
    return {
      crate: name,
      version: this.#crate.crate_version ?? '0.0.0',
      root: this.#module(draft, items),
      ...settleErrors(items),
      packages: new Map([...this.#linked].map(([crate, id]) => [crate, this.#packages.get(id) ?? ''])),
    };
  }

  /** Of two crates of one name the first that occurs is linked. */
  #isLinked(id: Id): boolean {
    const { crate_id: crate = 0, path: [name = ''] = [] } = this.#crate.paths[id] ?? {};
    if (!this.#packages.has(crate)) return false;
    if (!this.#linked.has(name)) this.#linked.set(name, crate);
    return this.#linked.get(name) === crate;
  }

  #keyOf(id: Id): ItemKey | undefined {
    const path = this.#canonical.get(id);
    return path && itemKey(path) + KEY_SUFFIX[namespaceOf(this.#get(id))];
  }

  #get(id: Id): RustdocItem {
    const item = this.#crate.index[id];
    if (!item) throw new Error(`rustdoc's JSON lacks item ${id}`);
    return item;
  }

  #ownItem(id: Id): RustdocItem | undefined {
    const item = this.#crate.index[id];
    return item?.crate_id === 0 ? item : undefined;
  }

  /** Names of one module; `inside` holds the modules on the way here, so that re-exported parents end. */
  #walk(module: RustdocItem, path: Path, inside: ReadonlySet<Id>): ModuleDraft {
    const draft: ModuleDraft = { path, docs: docsOf(module), names: [], modules: [] };
    const within = new Set(inside).add(module.id);
    for (const { name, id } of this.#namesIn(module, path, new Set())) {
      const item = this.#get(id);
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
      const item = this.#crate.index[id];
      if (!item) continue;
      if (item.inner.use) {
        const { use } = item.inner;
        const target = use.id === null ? undefined : this.#ownItem(use.id);
        if (!target) this.#foreign.set(itemKey([...path, use.is_glob ? `${use.source}::*` : use.name]), item);
        else if (use.is_glob) globs.push(...this.#namesIn(target, path, seen));
        else explicit.push(...this.#followUse(use.name, target));
      } else if (item.inner.extern_crate) {
        const name = item.inner.extern_crate.rename ?? item.inner.extern_crate.name;
        this.#foreign.set(itemKey([...path, name]), item);
      } else if (item.name !== null && item.inner.impl === undefined) {
        explicit.push({ name: item.name, id });
      }
    }
    const byKey = new Map<string, { name: string; id: Id }>();
    for (const entry of [...explicit, ...globs]) {
      const key = `${namespaceOf(this.#get(entry.id))} ${entry.name}`;
      if (!byKey.has(key)) byKey.set(key, entry);
    }
    return [...byKey.values()];
  }

  /** A re-export of a re-export leads to the item. */
  #followUse(name: string, target: RustdocItem): { name: string; id: Id }[] {
    const next = target.inner.use;
    if (!next) return [{ name, id: target.id }];
    const item = next.id === null ? undefined : this.#ownItem(next.id);
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
    for (const { id, path } of reached.sort(order)) if (!this.#canonical.has(id)) this.#canonical.set(id, path);
  }

  #isRenamed({ path, id }: Reached): boolean {
    return this.#get(id).name !== path.at(-1);
  }

  #module(draft: ModuleDraft, items: ReadonlyMap<ItemKey, Item>): Module {
    const names = draft.names.flatMap(({ path, id }) => {
      const key = this.#keyOf(id);
      return key !== undefined && items.has(key) ? [{ name: path.at(-1) ?? '', item: key }] : [];
    });
    return {
      path: draft.path,
      docs: draft.docs,
      names: names.sort((a, b) => compare(a.name, b.name)),
      modules: draft.modules.map((module) => this.#module(module, items)),
    };
  }

  #item(item: RustdocItem, path: Path): Item | undefined {
    const base = this.#base(item, path);
    const { inner } = item;
    if (inner.function) return { kind: 'function', ...base, ...this.#signatures(inner.function, item.attrs) };
    if (inner.constant) return this.#constant(item, inner.constant.type, path, this.#values);
    if (inner.static) {
      const { type, is_mutable } = inner.static;
      return { kind: 'static', ...base, value: this.#values.read(type), mutable: is_mutable };
    }
    if (inner.struct) {
      const fields = this.#fields(inner.struct.kind);
      return { kind: 'struct', ...base, type: this.#facts(item.id, inner.struct, path), fields };
    }
    if (inner.enum) {
      const { has_stripped_variants, variants } = inner.enum;
      return {
        kind: 'enum',
        ...base,
        type: this.#facts(item.id, inner.enum, path),
        variants: this.#variants(variants),
        isNumbered: variants.some((id) => this.#get(id).inner.variant?.discriminant?.value !== undefined),
        open: has_stripped_variants || isNonExhaustive(item),
      };
    }
    if (inner.trait) {
      const methods = this.#methods(inner.trait.items, path);
      return { kind: 'trait', ...base, methods, extensions: this.#traits.extensions(item, path) };
    }
    if (inner.union) return { kind: 'union', ...base, type: this.#facts(item.id, inner.union, path) };
    if (inner.macro !== undefined || inner.proc_macro !== undefined) return { kind: 'macro', ...base };
    return undefined;
  }

  #base(
    item: RustdocItem,
    path: Path,
  ): { path: Path; docs: string; span: SourceSpan | undefined; deprecated: string | undefined } {
    return {
      path,
      docs: docsOf(item),
      span: this.#span(item),
      deprecated: item.deprecation === null ? undefined : (item.deprecation.note ?? ''),
    };
  }

  #span(item: RustdocItem): SourceSpan | undefined {
    const { span } = item;
    if (span === null) return undefined;
    return {
      file: this.#locate(span.filename),
      line: span.begin[0],
      column: span.begin[1],
      endLine: span.end[0],
      endColumn: span.end[1],
    };
  }

  /** One signature for each instantiation of a generic function. */
  #signatures(
    fn: RustdocFunction,
    attributes: RustdocItem['attrs'],
    values: ValueReader = this.#values,
  ): Pick<Method, 'signature' | 'alternatives'> {
    const isArgument = (name: string): boolean => mentions(fn.sig.inputs, name);
    const natural = this.#natural(fn.generics, values);
    const chosen = instantiations(fn.generics, new Set(natural.keys()), this.#boundSource(values), isArgument);
    const all = chosen.map((binding) => this.#signature(fn, attributes, values.instantiating(binding), binding));
    const [signature = this.#signature(fn, attributes, values, new Map()), ...alternatives] = all;
    return { signature, alternatives };
  }

  #natural(given: RustdocGenerics, values: ValueReader): Binding {
    return naturalInstantiations(given, {
      definitionOf: (path) => this.#definitionOf(path),
      readWith: (found) => (type) => values.instantiating(found).read(type),
    });
  }

  #boundSource(values: ValueReader): BoundSource {
    return {
      definitionOf: (path) => this.#definitionOf(path),
      item: (id) => this.#ownItem(id),
      impl: (id) => this.#crate.index[id]?.inner.impl,
      read: (type) => values.read(type),
    };
  }

  #signature(fn: RustdocFunction, attributes: RustdocItem['attrs'], values: ValueReader, chosen: Binding): Signature {
    const [first] = fn.sig.inputs;
    const receiver = first?.[0] === 'self' ? receiverOf(first[1]) : undefined;
    const parameters = receiver === undefined ? fn.sig.inputs : fn.sig.inputs.slice(1);
    const natural = this.#natural(fn.generics, values);
    const inputs = values.instantiating(natural);
    return {
      receiver,
      ...(first && receiver !== undefined && { self: values.read(first[1]) }),
      parameters: parameters.map(([name, type]) => ({
        name: /^[\p{XID_Start}_][\p{XID_Continue}]*$/u.test(name) && name !== '_' ? name : undefined,
        value: inputs.readArgument(type),
      })),
      output: fn.sig.output === null ? { kind: 'unit' } : values.read(fn.sig.output),
      generics: generics(fn.generics, new Map([...natural, ...chosen])),
      instantiation: instantiationOf(fn.generics, chosen),
      qualifiers: {
        unsafe: fn.header.is_unsafe,
        async: fn.header.is_async,
        variadic: fn.sig.is_c_variadic,
        abi: abiName(fn.header.abi),
        targetFeature: attributes.some((attribute) => JSON.stringify(attribute).includes('target_feature')),
      },
    };
  }

  #facts(id: Id, type: { readonly generics: RustdocGenerics; readonly impls: readonly Id[] }, path: Path): TypeFacts {
    const impls = type.impls.flatMap((impl) => this.#crate.index[impl]?.inner.impl ?? []);
    const traits = impls.flatMap((impl) => {
      const isPositive = !impl.is_negative && isFor(impl, id);
      const definition = impl.trait && isPositive ? this.#definitionOf(impl.trait) : undefined;
      return definition === undefined ? [] : [definition];
    });
    const inherent = impls.filter(({ trait }) => trait === null);
    return {
      generics: generics(type.generics),
      traits: new Set(traits),
      methods: inherent.flatMap((impl) => this.#methods(impl.items, path, this.#traits.readerInside(impl))),
      constants: impls.flatMap((impl) => this.#constants(impl, path)),
      implementations: impls.flatMap((impl) => this.#implementation(impl, path)),
    };
  }

  /** Associated constants: those of an `impl` of the type's own, or of one of the crate's traits. */
  #constants(impl: RustdocImpl, path: Path): readonly ConstantItem[] {
    if (impl.trait) return this.#traits.constants(impl, path);
    const values = this.#traits.readerInside(impl);
    return impl.items.flatMap((id) => {
      const item = this.#crate.index[id];
      const type = item?.inner.assoc_const?.type;
      return item && item.name !== null && type ? [this.#constant(item, type, [...path, item.name], values)] : [];
    });
  }

  #constant(item: RustdocItem, type: RustdocType, path: Path, values: ValueReader): ConstantItem {
    return { kind: 'constant', ...this.#base(item, path), value: values.read(type), callee: undefined };
  }

  #isPlainEnum(id: Id): boolean {
    const variants = this.#get(id).inner.enum?.variants ?? [];
    return variants.length > 0 && variants.every((variant) => this.#get(variant).inner.variant?.kind === 'plain');
  }

  #implements(id: Id, trait: string): boolean {
    const { inner } = this.#get(id);
    const impls = inner.struct?.impls ?? inner.enum?.impls ?? inner.union?.impls ?? [];
    return impls.some((impl) => {
      const found = this.#crate.index[impl]?.inner.impl;
      if (!found?.trait || found.is_negative || !isFor(found, id)) return false;
      return this.#definitionOf(found.trait) === trait;
    });
  }

  #definitionOf(trait: RustdocPath): string | undefined {
    return this.#crate.paths[trait.id]?.path.join('::');
  }

  #implementation(impl: RustdocImpl, path: Path): Implementation[] {
    const definition = impl.trait ? this.#definitionOf(impl.trait) : undefined;
    if (!impl.trait || definition === undefined) return [];
    const own = this.#canonical.has(impl.trait.id) ? this.#keyOf(impl.trait.id) : undefined;
    const isOfStd = impl.blanket_impl !== null && own === undefined;
    if (impl.is_negative || impl.is_synthetic || isOfStd) return [];
    const values = this.#traits.readerInside(impl);
    const types = [...associatedTypes(impl, (id) => this.#crate.index[id])];
    const isForReference = impl.for !== 'infer' && impl.for.borrowed_ref !== undefined;
    return [
      {
        trait: definition,
        own,
        self: values.read(impl.for),
        isForReference,
        isBlanket: impl.blanket_impl !== null,
        arguments: typeArguments(impl.trait).map((argument) => values.read(argument)),
        associated: new Map(types.map(([name, type]) => [name, values.read(type)])),
        errors: new Map(types.map(([name, type]) => [name, values.readError(type)])),
        methods:
          own === undefined || isForReference
            ? this.#methods(impl.items, path, values)
            : this.#traits.methods(impl, path),
      },
    ];
  }

  #methods(ids: readonly Id[], path: Path, values?: ValueReader): Method[] {
    return ids.flatMap((id) => {
      const item = this.#crate.index[id];
      const fn = item?.inner.function;
      return item && item.name !== null && fn ? [this.#method(item, fn, [...path, item.name], values)] : [];
    });
  }

  #method(item: RustdocItem, fn: RustdocFunction, path: Path, values?: ValueReader): Method {
    return {
      kind: 'method',
      ...this.#base(item, path),
      ...this.#signatures(fn, item.attrs, values),
      callee: undefined,
    };
  }

  #variants(ids: readonly Id[]): Variant[] {
    let next = 0n;
    return ids.map((id) => {
      const item = this.#get(id);
      const { kind = 'plain', discriminant } = item.inner.variant ?? {};
      const number = discriminant ? BigInt(discriminant.value) : next;
      next = number + 1n;
      return {
        name: item.name ?? '',
        discriminant: number,
        docs: docsOf(item),
        fields: this.#fields(kind),
        open: isNonExhaustive(item),
      };
    });
  }

  #fields(kind: RustdocStructKind | RustdocVariantKind): Fields {
    if (typeof kind === 'string') return { style: 'unit', list: [], complete: true };
    if ('tuple' in kind) {
      const list = kind.tuple.flatMap((id) => (id === null ? [] : [this.#field(id)]));
      return { style: 'tuple', list, complete: list.length === kind.tuple.length };
    }
    const { fields, has_stripped_fields } = 'plain' in kind ? kind.plain : kind.struct;
    return { style: 'named', list: fields.map((id) => this.#field(id)), complete: !has_stripped_fields };
  }

  #field(id: Id): Field {
    const item = this.#get(id);
    return {
      name: item.name ?? '',
      docs: docsOf(item),
      value: this.#values.read(item.inner.struct_field ?? 'infer'),
      error: this.#values.readError(item.inner.struct_field ?? 'infer'),
      span: this.#span(item),
    };
  }
}

/** Whether an `impl` is for the type itself: those that only mention it are listed with it too. */
function isFor({ for: type }: RustdocImpl, id: Id): boolean {
  return type !== 'infer' && type.resolved_path?.id === id;
}

type Namespace = 'type' | 'value' | 'macro';

/** Keeps keys apart where a type, a function and a macro share a path. */
const KEY_SUFFIX: Record<Namespace, string> = { type: '', value: '()', macro: '!' };

function namespaceOf({ inner }: RustdocItem): Namespace {
  if (inner.function || inner.constant || inner.static) return 'value';
  return inner.macro !== undefined || inner.proc_macro !== undefined ? 'macro' : 'type';
}

/** The name in `extern "..."`. */
function abiName(abi: RustdocFunction['header']['abi']): string | undefined {
  if (typeof abi === 'string') return abi;
  const [[key, details] = ['', undefined]] = Object.entries(abi);
  const name = ABIS[key];
  const unwinds = (details as { unwind?: boolean } | undefined)?.unwind === true;
  return name === undefined ? undefined : `${name}${unwinds ? '-unwind' : ''}`;
}

/** rustdoc's names of calling conventions, and Rust's. */
const ABIS: Readonly<Record<string, string>> = {
  C: 'C',
  System: 'system',
  SysV64: 'sysv64',
  Win64: 'win64',
  Stdcall: 'stdcall',
  Fastcall: 'fastcall',
  Aapcs: 'aapcs',
  Cdecl: 'cdecl',
};

/** `self` has a type; how it reads is what a host must know. */
function receiverOf(type: RustdocType): Receiver {
  if (type === 'infer') return 'other';
  if (type.generic === 'Self') return 'owned';
  const reference = type.borrowed_ref;
  const isSelf = reference && reference.type !== 'infer' && reference.type.generic === 'Self';
  if (!isSelf) return 'other';
  return reference.is_mutable ? 'exclusive' : 'shared';
}

/** Whether the parameter stands somewhere in the types of the arguments, or is one's `impl Trait`. */
function mentions(inputs: RustdocFunction['sig']['inputs'], name: string): boolean {
  return name.startsWith('impl ') || JSON.stringify(inputs).includes(`"generic":${JSON.stringify(name)}`);
}

/** What stands between `::<` and `>`: nothing where the arguments tell all. */
function instantiationOf({ params }: RustdocGenerics, chosen: Binding): Signature['instantiation'] {
  if (chosen.size === 0) return [];
  const named = params.filter(({ kind }) => kind.type !== undefined && !kind.type.is_synthetic);
  return named.map(({ name }) => chosen.get(name));
}

function generics(given: RustdocGenerics, natural: ReadonlyMap<string, Value> = new Map()): Generics {
  const { params, where_predicates } = given;
  const all = params.filter(({ kind }) => kind.type !== undefined).map(({ name }) => name);
  const types = all.filter((name) => !natural.has(name));
  const constants = params.filter(({ kind }) => kind.const !== undefined).map(({ name }) => name);
  const lifetimes = lifetimeParameters(given);
  const outlives = outlivings(given);
  const bounds = JSON.stringify([params, where_predicates]);
  return {
    types,
    constants,
    lifetimes,
    staticLifetimes: /"outlives":\[[^\]]*"'static"/.test(bounds) && lifetimes.length > 0,
    outlives,
    boundLifetimes: outlives.length > 0 || where_predicates.length > 0 || natural.size > 0,
  };
}

function isNonExhaustive(item: RustdocItem): boolean {
  return item.attrs.some((attribute) => JSON.stringify(attribute).includes('non_exhaustive'));
}

/** Order by code units, whatever the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
