/**
 * rustdoc's JSON -> {@link Interface}.
 *
 * {@link PublicNames} says what is public, {@link ValueReader} how a type crosses, {@link GenericTypes} what type parameters stand for; here they are put together.
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
  ForeignItem,
  Implementation,
  Interface,
  Item,
  ItemKey,
  Method,
  Module,
  Path,
  Signature,
  SourceSpan,
  TypeFacts,
  Value,
  Variant,
} from './types.ts';
import { itemKey, keyPath } from './types.ts';
import { settleErrors } from './errors.ts';
import { lifetimeArguments } from './lifetime-arguments.ts';
import { naturalInstantiations } from './natural.ts';
import { type BoundSource, isSame } from './bounds.ts';
import { isNarrow } from './narrow-impls.ts';
import { compare, type ModuleDraft, type Namespace, namespaceOf, PublicNames } from './public-names.ts';
import { type FoundImpl, GenericTypes, type Instance } from './generic-types.ts';
import { type Binding, instantiations } from './instances.ts';
import { docsOf } from './docs.ts';
import { abiName, generics, instantiationOf, mentions, receiverOf } from './signature.ts';
import { associatedTypes, TraitReader } from './traits.ts';
import { typeArguments } from './type-arguments.ts';
import { type Iterated, type ArgumentReader, type OwnInstance, ValueReader } from './values.ts';

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

/** Keeps keys apart where a type, a function and a macro share a path. */
const KEY_SUFFIX: Record<Namespace, string> = { type: '', value: '()', macro: '!' };

class InterfaceBuilder {
  readonly #crate: RustdocCrate;
  readonly #packages: ReadonlyMap<number, string>;
  readonly #locate: (file: string) => string;
  readonly #values: ValueReader;
  readonly #traits: TraitReader;
  readonly #names: PublicNames;
  readonly #genericTypes: GenericTypes;
  readonly #answers = new Map<string, boolean>();
  /** Well-known crates whose types occur, by name. */
  readonly #linked = new Map<string, number>();

  constructor(crate: RustdocCrate, packages: ReadonlyMap<number, string>, locate: (file: string) => string) {
    this.#crate = crate;
    this.#packages = packages;
    this.#locate = locate;
    this.#names = new PublicNames(this.#get(crate.root), {
      get: (id) => this.#get(id),
      find: (id) => crate.index[id],
      own: (id) => this.#ownItem(id),
    });
    this.#values = new ValueReader({
      definitionPath: (id) => crate.paths[id]?.path.join('::'),
      isOwn: (id) => crate.paths[id]?.crate_id === 0,
      item: (id) => this.#ownItem(id),
      publicKey: (id) => this.#keyOf(id),
      instance: (path, reader) => this.#instance(path, reader),
      projection: (trait, self, name) => this.#projection(trait, self, name),
      isLinked: (id) => this.#isLinked(id),
      isAlias: (id) => crate.paths[id]?.kind === 'type_alias',
      isPlainEnum: (id) => this.#isPlainEnum(id),
      implements: (id, trait) => this.#implements(id, trait),
      iterated: (id) => this.#iterated(id),
    });
    this.#genericTypes = new GenericTypes({
      key: (id) => this.#keyOf(id),
      generics: (id) => this.#genericsOf(id),
      impls: (id) => this.#implsOf(id),
      bounds: this.#boundSource(this.#values),
    });
    this.#traits = new TraitReader({
      item: (id) => crate.index[id],
      definitionOf: (path) => this.#definitionOf(path),
      publicPath: (id) => this.#names.canonical.get(id),
      values: this.#values,
      method: (item, fn, path, values) => this.#method(item, fn, path, values),
      constant: (item, type, path, values) => this.#constant(item, type, path, values),
    });
  }

  /** What a re-export leads to. */
  #sourceOf({ inner }: RustdocItem, key: ItemKey): Pick<ForeignItem, 'source' | 'isCrate'> {
    if (inner.extern_crate) return { source: inner.extern_crate.name, isCrate: true };
    const { source = key, id = null, is_glob: isGlob = false } = inner.use ?? {};
    const summary = id === null ? undefined : this.#crate.paths[id];
    return { source, isCrate: !isGlob && summary?.path.length === 1 };
  }

  build(): Interface {
    const items = this.#items();
    for (const [key, use] of this.#names.foreign) {
      items.set(key, { kind: 'foreign', ...this.#base(use, key.split('::')), ...this.#sourceOf(use, key) });
    }
    return {
      crate: this.#get(this.#crate.root).name ?? '',
      version: this.#crate.crate_version ?? '0.0.0',
      root: this.#module(this.#names.root, items),
      ...settleErrors(items),
      packages: new Map([...this.#linked].map(([crate, id]) => [crate, this.#packages.get(id) ?? ''])),
    };
  }

  /** All items by their keys, in that order. Reading one may find another instance of a generic type, which is read in its turn. */
  #items(): Map<ItemKey, Item> {
    const items = new Map<ItemKey, Item>();
    const all = [...this.#names.canonical];
    const generic = all.filter(([id]) => this.#isGenericType(id));
    for (const [id, path] of all) {
      const key = this.#aliased(id);
      if (key !== undefined) this.#genericTypes.name(key, path.at(-1) ?? '');
    }
    for (const [id] of generic) this.#genericTypes.choose(id);
    for (const [id, path] of all) {
      if (!this.#isGenericType(id)) this.#add(items, this.#keyOf(id), this.#item(this.#get(id), path));
    }
    for (const instance of this.#genericTypes.all()) {
      this.#add(items, instance.key, this.#item(this.#get(instance.id), keyPath(instance.key), instance));
    }
    for (const [id, path] of generic) {
      if (this.#genericTypes.of(id).length === 0) this.#add(items, this.#keyOf(id), this.#item(this.#get(id), path));
    }
    const named = [...items].map(([key, item]) => [key, this.#named(key, item)] as const);
    return new Map(named.sort(([a], [b]) => compare(a, b)));
  }

  #named(key: ItemKey, item: Item): Item {
    const name = this.#genericTypes.nameOf(key);
    return name === undefined ? item : { ...item, name };
  }

  #add(items: Map<ItemKey, Item>, key: ItemKey | undefined, item: Item | undefined): void {
    if (item && key !== undefined) items.set(key, item);
  }

  #isGenericType(id: Id): boolean {
    return hasParameters(this.#genericsOf(id));
  }

  /** Of a struct, an enum or a union. */
  #genericsOf(id: Id): RustdocGenerics {
    const { struct, enum: choice, union } = this.#get(id).inner;
    return (struct ?? choice ?? union)?.generics ?? { params: [], where_predicates: [] };
  }

  #projection(trait: RustdocPath, self: Value, name: string): Value | undefined {
    for (const id of this.#ownItem(trait.id)?.inner.trait?.implementations ?? []) {
      const impl = this.#crate.index[id]?.inner.impl;
      const binding = impl && this.#bindingFor(impl, self);
      const type = impl && associatedTypes(impl, (other) => this.#crate.index[other]).get(name);
      if (binding && type) return this.#traits.readerInside({ impl, binding }).read(type);
    }
    return undefined;
  }

  /** What an impl's parameters stand for when it is for `self`; undefined when it is not. */
  #bindingFor(impl: RustdocImpl, self: Value): Binding | undefined {
    const instance = self.kind === 'own' ? this.#genericTypes.get(self.item) : undefined;
    if (instance) return isFor(impl, instance.id) ? this.#genericTypes.binding(impl, instance) : undefined;
    return isSame(this.#values.read(impl.for), self) ? new Map() : undefined;
  }

  #instance(path: RustdocPath, reader: ArgumentReader): OwnInstance | undefined {
    if (this.#isGenericType(path.id)) return this.#genericTypes.find(path, reader);
    const clone = this.#implements(path.id, 'core::clone::Clone');
    return { key: this.#keyOf(path.id) ?? '', arguments: [], clone };
  }

  /** Of two crates of one name the first that occurs is linked. */
  #isLinked(id: Id): boolean {
    const { crate_id: crate = 0, path: [name = ''] = [] } = this.#crate.paths[id] ?? {};
    if (!this.#packages.has(crate)) return false;
    if (!this.#linked.has(name)) this.#linked.set(name, crate);
    return this.#linked.get(name) === crate;
  }

  #keyOf(id: Id): ItemKey | undefined {
    const path = this.#names.canonical.get(id);
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

  #module(draft: ModuleDraft, items: ReadonlyMap<ItemKey, Item>): Module {
    const names = draft.names.flatMap(({ path, id }) =>
      this.#keysOf(id).flatMap((key) => {
        const item = items.get(key);
        return item ? [{ name: this.#nameAt(path, id, item), item: key }] : [];
      }),
    );
    const unique = new Map(names.map((entry) => [`${entry.name} ${entry.item}`, entry]));
    return {
      path: draft.path,
      docs: draft.docs,
      names: [...unique.values()].sort((a, b) => compare(a.name, b.name)),
      modules: draft.modules.map((module) => this.#module(module, items)),
    };
  }

  /** `pub type Fraction = GenericFraction<u64>`: the instance that an alias names. */
  #aliased(id: Id): ItemKey | undefined {
    const alias = this.#get(id).inner.type_alias;
    const value = alias && !hasParameters(alias.generics) ? this.#values.read(alias.type) : undefined;
    return value?.kind === 'own' && this.#genericTypes.get(value.item) ? value.item : undefined;
  }

  #keysOf(id: Id): readonly ItemKey[] {
    const aliased = this.#aliased(id);
    if (aliased !== undefined) return [aliased];
    const instances = this.#genericTypes.of(id);
    if (instances.length > 0) return instances.map(({ key }) => key);
    const key = this.#keyOf(id);
    return key === undefined ? [] : [key];
  }

  /** Instances have names of their own; under another name of the type they keep what distinguishes them. */
  #nameAt(path: Path, id: Id, item: Item): string {
    const name = path.at(-1) ?? '';
    const bare = this.#names.canonical.get(id)?.at(-1) ?? '';
    return this.#isGenericType(id) ? item.name.replace(bare, name) : name;
  }

  /** @param instance its arguments, when it is generic */
  #item(item: RustdocItem, path: Path, instance?: Instance): Item | undefined {
    const base = this.#base(item, path);
    const { inner } = item;
    const values = instance ? this.#values.instantiating(instance.binding) : this.#values;
    if (inner.function) return { kind: 'function', ...base, ...this.#signatures(inner.function, item.attrs) };
    if (inner.constant) return this.#constant(item, inner.constant.type, path, values);
    if (inner.static) {
      const { type, is_mutable } = inner.static;
      return { kind: 'static', ...base, value: values.read(type), mutable: is_mutable };
    }
    if (inner.struct) {
      const given = this.#fields(inner.struct.kind, values);
      // Other crates may not write a literal of it.
      const fields = { ...given, complete: given.complete && !isNonExhaustive(item) };
      return { kind: 'struct', ...base, type: this.#facts(item.id, inner.struct, path, instance), fields };
    }
    if (inner.enum) {
      const { has_stripped_variants, variants } = inner.enum;
      return {
        kind: 'enum',
        ...base,
        type: this.#facts(item.id, inner.enum, path, instance),
        variants: this.#variants(variants, values),
        isNumbered: variants.some((id) => this.#get(id).inner.variant?.discriminant?.value !== undefined),
        open: has_stripped_variants || isNonExhaustive(item),
      };
    }
    if (inner.trait) {
      const methods = this.#methods(inner.trait.items, path);
      return { kind: 'trait', ...base, methods, extensions: this.#traits.extensions(item, path) };
    }
    if (inner.union) return { kind: 'union', ...base, type: this.#facts(item.id, inner.union, path, instance) };
    if (inner.macro !== undefined || inner.proc_macro !== undefined) return { kind: 'macro', ...base };
    return undefined;
  }

  #base(
    item: RustdocItem,
    path: Path,
  ): { path: Path; name: string; docs: string; span: SourceSpan | undefined; deprecated: string | undefined } {
    return {
      path,
      name: path.at(-1) ?? '',
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
    const natural = naturalInstantiations(fn.generics, this.#boundSource(values));
    const chosen = instantiations(fn.generics, new Set(natural.keys()), this.#boundSource(values), isArgument);
    const all = chosen.map((binding) => this.#signature(fn, attributes, values.instantiating(binding), binding));
    const [signature = this.#signature(fn, attributes, values, new Map()), ...alternatives] = all;
    return { signature, alternatives };
  }

  #boundSource(values: ValueReader): BoundSource {
    return {
      definitionOf: (path) => this.#definitionOf(path),
      item: (id) => this.#ownItem(id),
      impl: (id) => this.#crate.index[id]?.inner.impl,
      read: (type) => values.read(type),
      readWith: (found) => (type) => values.instantiating(found).read(type),
      answers: this.#answers,
    };
  }

  #signature(fn: RustdocFunction, attributes: RustdocItem['attrs'], values: ValueReader, chosen: Binding): Signature {
    const [first] = fn.sig.inputs;
    const receiver = first?.[0] === 'self' ? receiverOf(first[1]) : undefined;
    const parameters = receiver === undefined ? fn.sig.inputs : fn.sig.inputs.slice(1);
    const natural = naturalInstantiations(fn.generics, this.#boundSource(values));
    const inputs = values.instantiating(natural);
    return {
      receiver,
      ...(first && receiver !== undefined && { self: values.read(first[1]) }),
      parameters: parameters.map(([name, type]) => ({
        name: /^[\p{XID_Start}_][\p{XID_Continue}]*$/u.test(name) && name !== '_' ? name : undefined,
        value: inputs.readArgument(type),
      })),
      output: fn.sig.output === null ? { kind: 'unit' } : values.readResult(fn.sig.output),
      generics: generics(fn.generics, new Map([...natural, ...chosen])),
      instantiation: instantiationOf(fn.generics, chosen),
      hostParameters: [...chosen.values()].flatMap((value) => (value.kind === 'hostObject' ? [value.parameter] : [])),
      qualifiers: {
        unsafe: fn.header.is_unsafe,
        async: fn.header.is_async,
        variadic: fn.sig.is_c_variadic,
        abi: abiName(fn.header.abi),
        targetFeature: attributes.some((attribute) => JSON.stringify(attribute).includes('target_feature')),
      },
    };
  }

  #facts(id: Id, type: { readonly generics: RustdocGenerics }, path: Path, instance: Instance | undefined): TypeFacts {
    const impls = this.#genericTypes.impls(id, instance ? instance.arguments : undefined);
    const traits = impls.flatMap(({ impl }) => {
      const isPositive = !impl.is_negative && isFor(impl, id);
      const definition = impl.trait && isPositive ? this.#definitionOf(impl.trait) : undefined;
      return definition === undefined ? [] : [definition];
    });
    const inherent = impls.filter(({ impl }) => impl.trait === null);
    const own = generics(type.generics);
    return {
      generics: instance ? { ...own, types: [], constants: [] } : own,
      arguments: instance ? [...instance.binding.values()] : [],
      traits: new Set(traits),
      methods: inherent.flatMap((found) => this.#methods(found.impl.items, path, this.#traits.readerInside(found))),
      constants: impls.flatMap((found) => this.#constants(found, path)),
      implementations: impls.flatMap((found) => this.#implementation(found, path)),
    };
  }

  #implsOf(id: Id): RustdocImpl[] {
    const { struct, enum: choice, union } = this.#get(id).inner;
    const impls = (struct ?? choice ?? union)?.impls ?? [];
    const all = impls.flatMap((impl) => this.#crate.index[impl]?.inner.impl ?? []);
    const source = {
      definitionOf: ({ trait }: RustdocImpl) => (trait ? this.#definitionOf(trait) : undefined),
      item: (other: Id) => this.#ownItem(other),
      generics: this.#genericsOf(id),
    };
    return all.filter((impl) => !this.#isOfForeignTrait(impl) || !isNarrow(impl, source));
  }

  /** What the crate's own traits offer is shown to rustc with its lifetimes, as functions are. */
  #isOfForeignTrait({ trait }: RustdocImpl): boolean {
    return trait !== null && this.#ownItem(trait.id) === undefined;
  }

  /** Associated constants: those of an `impl` of the type's own, or of one of the crate's traits. */
  #constants(found: FoundImpl, path: Path): readonly ConstantItem[] {
    if (found.impl.trait) return this.#traits.constants(found, path);
    const values = this.#traits.readerInside(found);
    return found.impl.items.flatMap((id) => {
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
    return this.#implsOf(id).some(
      (impl) => impl.trait && !impl.is_negative && isFor(impl, id) && this.#definitionOf(impl.trait) === trait,
    );
  }

  /** What a type that is an `Iterator` gives. */
  #iterated(id: Id): Iterated | undefined {
    for (const impl of this.#implsOf(id)) {
      const isIterator = impl.trait && this.#definitionOf(impl.trait) === 'core::iter::traits::iterator::Iterator';
      const item = isIterator ? associatedTypes(impl, (child) => this.#crate.index[child]).get('Item') : undefined;
      const path = impl.for === 'infer' ? undefined : impl.for.resolved_path;
      if (!item || !path) continue;
      return {
        lifetimes: lifetimeArguments(path),
        parameters: typeArguments(path).map((type) => (type === 'infer' ? '' : (type.generic ?? ''))),
        item,
      };
    }
    return undefined;
  }

  #definitionOf(trait: RustdocPath): string | undefined {
    return this.#crate.paths[trait.id]?.path.join('::');
  }

  #implementation(found: FoundImpl, path: Path): Implementation[] {
    const { impl } = found;
    const definition = impl.trait ? this.#definitionOf(impl.trait) : undefined;
    if (!impl.trait || definition === undefined) return [];
    const own = this.#names.canonical.has(impl.trait.id) ? this.#keyOf(impl.trait.id) : undefined;
    const isOfStd = impl.blanket_impl !== null && own === undefined;
    if (impl.is_negative || impl.is_synthetic || isOfStd) return [];
    const values = this.#traits.readerInside(found);
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
            : this.#traits.methods(found, path),
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

  #variants(ids: readonly Id[], values: ValueReader): Variant[] {
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
        fields: this.#fields(kind, values),
        open: isNonExhaustive(item),
      };
    });
  }

  #fields(kind: RustdocStructKind | RustdocVariantKind, values: ValueReader): Fields {
    if (typeof kind === 'string') return { style: 'unit', list: [], complete: true };
    if ('tuple' in kind) {
      const list = kind.tuple.flatMap((id) => (id === null ? [] : [this.#field(id, values)]));
      return { style: 'tuple', list, complete: list.length === kind.tuple.length };
    }
    const { fields, has_stripped_fields } = 'plain' in kind ? kind.plain : kind.struct;
    return { style: 'named', list: fields.map((id) => this.#field(id, values)), complete: !has_stripped_fields };
  }

  #field(id: Id, values: ValueReader): Field {
    const item = this.#get(id);
    return {
      name: item.name ?? '',
      docs: docsOf(item),
      value: values.read(item.inner.struct_field ?? 'infer'),
      error: values.readError(item.inner.struct_field ?? 'infer'),
      span: this.#span(item),
    };
  }
}

/** Whether an `impl` is for the type itself: those that only mention it are listed with it too. */
function isFor({ for: type }: RustdocImpl, id: Id): boolean {
  return type !== 'infer' && type.resolved_path?.id === id;
}

/** Parameters other than lifetimes. */
function hasParameters({ params }: RustdocGenerics): boolean {
  return params.some(({ kind }) => kind.lifetime === undefined);
}

function isNonExhaustive(item: RustdocItem): boolean {
  return item.attrs.some((attribute) => JSON.stringify(attribute).includes('non_exhaustive'));
}
