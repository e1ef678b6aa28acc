/**
 * Rust type -> {@link Value}: the one place where it is decided how a type crosses.
 *
 * Types of std are recognised by the path of their definition (as rustdoc's `paths` give it), whatever the source calls them; aliases are expanded first.
 */

import type { RustdocItem, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import { renderType } from '../rustdoc/render.ts';
import { type BoundsSource, dynCallback } from './callbacks.ts';
import { foreignError } from './foreign-errors.ts';
import { dynIterator, iteratorValue, stdIterator } from './iterators.ts';
import {
  givenLifetimes,
  lifetimeArguments,
  lifetimeParameters,
  mentionsStatic,
  withLifetime,
} from './lifetime-arguments.ts';
import { typeArguments } from './type-arguments.ts';
import { naturalValue } from './natural.ts';
import { shownValue } from './shown.ts';
import { STD_ERRORS } from './std-errors.ts';
import { TEXT_ERRORS, textError } from './text-errors.ts';
import { dynStream } from './streams.ts';
import { substitute } from './substitution.ts';
import { errorOfAlias, isAnyError, wellKnownValue } from './well-known.ts';
import { isFree } from './errors.ts';
import type { ErrorValue, ItemKey, RangeType, Value } from './types.ts';
import { capitalize, INTS, primitive } from './primitives.ts';
import { causeOf, unsupported } from './unsupported.ts';

/** What the reading of types needs to know of the crate. */
export interface TypeSource {
  /** Path of the definition, `core::option::Option`, for any id. */
  definitionPath(id: number): string | undefined;
  /** Whether the crate defines it: then it may still be hidden so well that there is no item. */
  isOwn(id: number): boolean;
  /** The item when it belongs to this crate. */
  item(id: number): RustdocItem | undefined;
  /** Key under which an own type is public, if it is. */
  publicKey(id: number): ItemKey | undefined;
  /** An own type with its arguments; undefined when they are not settled. */
  instance(path: RustdocPath, reader: ArgumentReader): OwnInstance | undefined;
  /** What an implementation of one of the crate's traits for `self` calls `name`. */
  projection(trait: RustdocPath, self: Value, name: string): Value | undefined;
  /** Whether an own type is an enum without data. */
  isPlainEnum(id: number): boolean;
  /** What an own type that is an iterator gives; undefined for others. */
  iterated(id: number): Iterated | undefined;
  /** Whether a shim can link the crate that defines the type: there may be two of one name, and one stands for it. */
  isLinked(id: number): boolean;
  /** Whether it is a type alias. */
  isAlias(id: number): boolean;
  /** Whether an own type implements a trait, by the path of its definition. */
  implements(id: number, trait: string): boolean;
}

/** `Item` of an implementation of `Iterator`, and its names for the parameters of the type. */
export interface Iterated {
  readonly item: RustdocType;
  readonly parameters: readonly string[];
  readonly lifetimes: readonly string[];
}

/** How the arguments of a path are read. */
export interface ArgumentReader {
  readonly read: (type: RustdocType) => Value;
  /** A constant as a literal; undefined when it is a parameter that stands for nothing. */
  readonly constant: (text: string) => string | undefined;
}

/** A type of the crate, with its arguments if it is generic. */
export interface OwnInstance {
  readonly key: ItemKey;
  readonly arguments: readonly Value[];
  /** Whether it is `Clone` with these arguments. */
  readonly clone: boolean;
}

type Arguments = readonly RustdocType[];
type DynTrait = NonNullable<Exclude<RustdocType, 'infer'>['dyn_trait']>;

/** What `Self` and `Self::Output` mean inside an `impl`. */
export interface SelfType {
  readonly type: RustdocType;
  readonly associated: ReadonlyMap<string, RustdocType>;
  /** What type parameters of a trait or of a blanket implementation stand for. */
  readonly parameters: ReadonlyMap<string, RustdocType>;
}

/** Values of a crate's types; made once per crate. */
export class ValueReader {
  readonly #source: TypeSource;
  readonly #self: SelfType | undefined;
  readonly #natural: ReadonlyMap<string, Value>;
  readonly #isResult: boolean;

  constructor(
    source: TypeSource,
    self?: SelfType,
    natural: ReadonlyMap<string, Value> = new Map(),
    isResult: boolean = false,
  ) {
    this.#source = source;
    this.#self = self;
    this.#natural = natural;
    this.#isResult = isResult;
  }

  /** A reader of what stands inside an `impl`: knows `Self` and its associated types. */
  inside(self: SelfType): ValueReader {
    return new ValueReader(this.#source, self, this.#natural, this.#isResult);
  }

  /** A reader of types in which some parameters stand for something. */
  instantiating(natural: ReadonlyMap<string, Value>): ValueReader {
    if (natural.size === 0) return this;
    return new ValueReader(this.#source, this.#self, new Map([...this.#natural, ...natural]), this.#isResult);
  }

  /** A type in the place of an error. */
  readError(type: RustdocType): ErrorValue {
    return this.#error(type);
  }

  /** The value of `type`; `unsupported` when no host could know what to do with it. */
  read(type: RustdocType): Value {
    const expanded = this.#expand(type);
    if (expanded === 'infer') return unsupported(expanded, 'other');
    const natural = this.#naturalValue(expanded) ?? this.#ownedForm(expanded);
    if (natural) return natural;
    if (expanded.primitive !== undefined) return primitive(expanded.primitive, expanded);
    if (expanded.tuple) return this.#tuple(expanded.tuple);
    if (expanded.borrowed_ref) {
      const { is_mutable, type: target, lifetime } = expanded.borrowed_ref;
      return withLifetime(is_mutable ? this.#exclusive(target) : this.#reference(target), lifetime ?? undefined);
    }
    if (expanded.array) return this.#array(expanded.array.type, expanded.array.len, expanded);
    if (expanded.resolved_path) return this.#path(expanded.resolved_path, expanded);
    return this.#projected(expanded) ?? unsupported(expanded, causeOf(expanded));
  }

  /** `<T as Trait>::Name`, where it is known what `T` stands for. */
  #projected({ qualified_path: path }: Exclude<RustdocType, 'infer'>): Value | undefined {
    if (!path?.trait) return undefined;
    const self = this.read(path.self_type);
    return self.kind === 'unsupported' ? undefined : this.#source.projection(path.trait, self, path.name);
  }

  /** As {@link read}, for a parameter: what a call lends cannot be borrowed for ever. */
  readArgument(type: RustdocType): Value {
    if (!mentionsStatic(type)) return this.read(type);
    return this.#eternal(this.#expand(type)) ?? unsupported(type, 'static-borrow');
  }

  #eternal(type: RustdocType): Value | undefined {
    const reference = type === 'infer' ? undefined : type.borrowed_ref;
    if (reference?.lifetime !== "'static" || reference.is_mutable) return undefined;
    const of = this.read(reference.type);
    const isLasting = of.kind === 'own' && of.form === 'object' && of.lifetimes === undefined;
    return isLasting ? { kind: 'eternal', of } : undefined;
  }

  /** As {@link read}, for a result: what is iterated lazily comes out so, whatever type it is. */
  readResult(type: RustdocType): Value {
    return new ValueReader(this.#source, this.#self, this.#natural, true).read(type);
  }

  #naturalValue(type: Exclude<RustdocType, 'infer'>): Value | undefined {
    if (type.generic !== undefined) return this.#natural.get(type.generic);
    if (!type.impl_trait) return undefined;
    if (this.#isResult)
      return iteratorValue(type.impl_trait, this.#bounds()) ?? shownValue(type.impl_trait, this.#bounds());
    // Its parameter is named as it is written.
    return this.#natural.get(renderType(type)) ?? naturalValue(type.impl_trait, this.#bounds());
  }

  #bounds(): BoundsSource {
    return {
      definitionOf: (path: RustdocPath) => this.#definition(path),
      read: (item: RustdocType) => this.read(item),
    };
  }

  /** `<str as ToOwned>::Owned`, which every trait with `ToOwned` above it may name. */
  #ownedForm({ qualified_path: path }: Exclude<RustdocType, 'infer'>): Value | undefined {
    const isOwned = path?.name === 'Owned' && path.trait && this.#definition(path.trait) === 'alloc::borrow::ToOwned';
    const type = isOwned ? this.#expand(path.self_type) : 'infer';
    if (type === 'infer') return undefined;
    if (type.primitive === 'str') return { kind: 'text', owner: 'String' };
    return type.slice ? this.#sequence('Vec', type.slice) : this.read(type);
  }

  #tuple(elements: readonly RustdocType[]): Value {
    return elements.length === 0 ? { kind: 'unit' } : { kind: 'tuple', elements: elements.map((e) => this.read(e)) };
  }

  #reference(target: RustdocType): Value {
    const type = this.#expand(target);
    if (type !== 'infer') {
      if (type.primitive === 'str') return { kind: 'text', owner: 'str' };
      if (type.slice) return this.#sequence('slice', type.slice);
      if (type.dyn_trait) {
        const whole = { borrowed_ref: { lifetime: null, is_mutable: false, type } };
        return dynCallback(type.dyn_trait, 'reference', this.#bounds()) ?? unsupported(whole, causeOf(type));
      }
      const definition = type.resolved_path && this.#definition(type.resolved_path);
      if (definition === 'std::path::Path') return { kind: 'path', owner: 'ref' };
      if (definition === 'std::ffi::os_str::OsStr') return { kind: 'osText', owner: 'ref' };
    }
    const of = this.read(type);
    if (of.kind === 'callback' && of.form === 'value') return { ...of, form: 'reference' };
    return of.kind === 'unsupported' ? of : { kind: 'reference', of };
  }

  #exclusive(target: RustdocType): Value {
    const type = this.#expand(target);
    if (type !== 'infer') {
      if (type.slice) return this.#inPlace('slice', type.slice);
      if (type.resolved_path && this.#definition(type.resolved_path) === 'alloc::vec::Vec') {
        const [element] = typeArguments(type.resolved_path);
        if (element) return this.#inPlace('Vec', element);
      }
      const callback = type.dyn_trait && dynCallback(type.dyn_trait, 'exclusive', this.#bounds());
      if (callback) return callback;
      const stream = type.dyn_trait && dynStream(type.dyn_trait, this.#bounds());
      if (stream) return { kind: 'exclusive', of: stream };
      if (type.primitive === 'str' || type.dyn_trait) return unsupported(type, causeOf(type));
    }
    const of = this.read(type);
    if (of.kind === 'callback' && of.form === 'value') return { ...of, form: 'exclusive' };
    return of.kind === 'unsupported' ? of : { kind: 'exclusive', of };
  }

  #inPlace(owner: 'slice' | 'Vec', element: RustdocType): Value {
    return { kind: 'inPlace', owner, element: this.read(element) };
  }

  #constant(text: string): string | undefined {
    const bound = this.#natural.get(text);
    if (bound?.kind === 'unsupported') return bound.rust;
    return /^(?:true|false|[^\p{L}_].*)$/su.test(text) ? text : undefined;
  }

  #array(element: RustdocType, length: string, whole: RustdocType): Value {
    const value = this.read(element);
    const count = Number((this.#constant(length) ?? 'NaN').replaceAll('_', ''));
    if (!Number.isSafeInteger(count)) return unsupported(whole, 'const-generic');
    if (value.kind === 'int' && value.type === 'u8') return { kind: 'byteArray', length: count };
    return { kind: 'array', element: value, length: count };
  }

  #sequence(owner: Extract<Value, { kind: 'sequence' }>['owner'], element: RustdocType): Value {
    const value = this.read(element);
    const bytesOwner = owner === 'VecDeque' || owner === 'LinkedList' || owner === 'BinaryHeap' ? undefined : owner;
    if (bytesOwner && value.kind === 'int' && value.type === 'u8') return { kind: 'bytes', owner: bytesOwner };
    return { kind: 'sequence', owner, element: value };
  }

  /** `Box<T>`, `Arc<T>`, `Rc<T>`, where str, slices and paths are forms of their own. */
  #pointer(owner: 'Box' | 'Arc' | 'Rc', target: RustdocType, whole: RustdocType): Value {
    const type = this.#expand(target);
    if (type !== 'infer') {
      if (type.primitive === 'str') return { kind: 'text', owner };
      if (type.slice) return this.#sequence(owner, type.slice);
      if (type.dyn_trait) return this.#dynPointer(owner, type.dyn_trait) ?? unsupported(whole, causeOf(type));
      const definition = type.resolved_path && this.#definition(type.resolved_path);
      if (definition === 'std::path::Path') return { kind: 'path', owner };
      if (definition === 'std::ffi::os_str::OsStr') return { kind: 'osText', owner };
    }
    const of = this.read(type);
    return of.kind === 'unsupported' ? of : { kind: 'pointer', owner, of };
  }

  #dynPointer(owner: 'Box' | 'Arc' | 'Rc', target: DynTrait): Value | undefined {
    const iterator = this.#isResult && owner === 'Box' ? dynIterator(target, this.#bounds()) : undefined;
    const stream = this.#isResult ? undefined : dynStream(target, this.#bounds());
    if (stream) return { kind: 'pointer', owner, of: stream };
    return iterator ?? dynCallback(target, owner, this.#bounds());
  }

  #cow(target: RustdocType, whole: RustdocType): Value {
    const type = this.#expand(target);
    if (type !== 'infer' && type.primitive === 'str') return { kind: 'text', owner: 'Cow' };
    if (type !== 'infer' && type.slice) return this.#sequence('Cow', type.slice);
    return unsupported(whole, 'other');
  }

  #path(path: RustdocPath, whole: RustdocType): Value {
    const definition = this.#definition(path);
    const own = this.#own(path, whole);
    if (own) return own;
    if (definition === undefined) return unsupported(whole, 'foreign-type');
    const row = STD_TYPES[definition];
    if (!row) return this.#lazy(definition, path) ?? this.#wellKnown(definition, path, whole);
    return withLifetime(row(this.#rowReader(whole), typeArguments(path)), lifetimeArguments(path)[0]);
  }

  #wellKnown(definition: string, path: RustdocPath, whole: RustdocType): Value {
    const value = wellKnownValue(definition, path, {
      read: (type) => this.read(type),
      definitionOf: (other) => this.#definition(other),
      hasher: (type) => this.#hasher(type),
    });
    if (!value)
      return (
        this.#foreignAlias(definition, path) ??
        unsupported(whole, this.#source.isOwn(path.id) ? 'hidden-type' : 'foreign-type')
      );
    return this.#source.isLinked(path.id) ? value : unsupported(whole, 'other-version');
  }

  /** An alias of another crate, of which no more is known than its name: one that is called so is `Result`. */
  #foreignAlias(definition: string, path: RustdocPath): Value | undefined {
    const [ok, error] = typeArguments(path);
    if (!ok || !definition.endsWith('Result') || !this.#source.isAlias(path.id)) return undefined;
    const known = errorOfAlias(definition, path.path);
    if (known.kind === 'anyhow' && !this.#source.isLinked(path.id)) return undefined;
    return { kind: 'result', ok: this.read(ok), error: error ? this.#error(error) : known };
  }

  /** A type of std that is an iterator. */
  #lazy(definition: string, path: RustdocPath): Value | undefined {
    if (!this.#isResult) return undefined;
    return stdIterator(
      definition,
      typeArguments(path).map((argument) => this.read(argument)),
    );
  }

  /** What a type of the crate gives when it is iterated. */
  #itemsOf(path: RustdocPath): Value | undefined {
    const found = this.#isResult ? this.#source.iterated(path.id) : undefined;
    if (!found) return undefined;
    const given = typeArguments(path);
    const types = new Map(found.parameters.flatMap((name, i) => (given[i] ? [[name, given[i]] as const] : [])));
    const lifetimes = lifetimeArguments(path);
    const names = new Map(found.lifetimes.map((name, i) => [name, lifetimes[i] ?? "'_"] as const));
    return this.read(substitute(found.item, types, names));
  }

  #rowReader(whole: RustdocType): RowReader {
    return {
      whole,
      read: (type) => this.read(type),
      sequence: (owner, element) => this.#sequence(owner, element),
      pointer: (owner, target) => this.#pointer(owner, target, whole),
      cow: (target) => this.#cow(target, whole),
      error: (type) => this.#error(type),
      hasher: (type) => this.#hasher(type),
    };
  }

  #own(path: RustdocPath, whole: RustdocType): Value | undefined {
    const item = this.#source.item(path.id);
    if (!item) return undefined;
    const items = this.#itemsOf(path);
    const lazy = items && ({ kind: 'iterator', form: 'result', of: items } as const);
    if (this.#source.publicKey(path.id) === undefined) return lazy ?? unsupported(whole, 'hidden-type');
    const instance = this.#source.instance(path, {
      read: (type) => this.read(type),
      constant: (text) => this.#constant(text),
    });
    if (instance === undefined) return lazy ?? unsupported(whole, 'generic');
    return {
      kind: 'own',
      item: instance.key,
      arguments: instance.arguments,
      form: this.#source.isPlainEnum(path.id) ? 'names' : 'object',
      clone: instance.clone,
      ...(items && { items }),
      ...givenLifetimes(item, path),
    };
  }

  #error(type: RustdocType): ErrorValue {
    const expanded = this.#expand(type);
    const rust = renderType(expanded);
    if (expanded === 'infer') return { kind: 'unsupported', rust };
    if (expanded.tuple?.length === 0) return { kind: 'unit' };
    const value = this.read(expanded);
    if (value.kind === 'own') return { kind: 'value', of: value };
    if (value.kind === 'text') return textError(value.owner, mentionsStatic(expanded));
    if (value.kind !== 'unsupported')
      return isFree(value) ? { kind: 'value', of: value } : { kind: 'unsupported', rust };
    const path = expanded.resolved_path;
    const definition = path && this.#definition(path);
    if (definition === 'alloc::boxed::Box') return this.#boxedError(typeArguments(path as RustdocPath)[0], rust);
    const std = definition === undefined ? undefined : STD_ERRORS[definition];
    if (std !== undefined) return { kind: 'std', rust: std };
    if (value.cause !== 'foreign-type') return { kind: 'unsupported', rust };
    if (path && isAnyError(definition ?? '') && this.#source.isLinked(path.id)) return { kind: 'anyhow' };
    return foreignError(definition ?? '', rust);
  }

  #selfType(type: Exclude<RustdocType, 'infer'>): RustdocType | undefined {
    if (type.generic === 'Self') return this.#self?.type;
    if (type.generic !== undefined) return this.#self?.parameters.get(type.generic);
    const path = type.qualified_path;
    const isOwn = path && path.self_type !== 'infer' && path.self_type.generic === 'Self';
    return isOwn ? this.#self?.associated.get(path.name) : undefined;
  }

  #boxedError(target: RustdocType | undefined, rust: string): ErrorValue {
    if (target === undefined || target === 'infer') return { kind: 'unsupported', rust };
    if (target.primitive === 'str') return { kind: 'text', rust: TEXT_ERRORS.Box, borrows: false };
    const traits = target.dyn_trait?.traits.map(({ trait }) => this.#definition(trait) ?? '') ?? [];
    const lifetime = target.dyn_trait?.lifetime ?? null;
    const isKnown = traits.every((trait) => BOXED_BOUNDS.has(trait)) && (lifetime === null || lifetime === "'static");
    if (!isKnown || !traits.includes('core::error::Error')) return { kind: 'unsupported', rust };
    const markers = ['Send', 'Sync'].filter((name) => traits.includes(`core::marker::${name}`));
    return { kind: 'boxed', rust: `std::boxed::Box<dyn ${['std::error::Error', ...markers].join(' + ')}>` };
  }

  /** `default`; `made`, when `Default` makes one; undefined when nothing says how. */
  #hasher(type: RustdocType | undefined): 'default' | 'made' | undefined {
    if (type === undefined) return 'default';
    const path = type === 'infer' ? undefined : type.resolved_path;
    const definition = path && this.#definition(path);
    if (path === undefined || definition === undefined) return undefined;
    if (definition === 'std::hash::random::RandomState') return 'default';
    if (this.#source.item(path.id))
      return this.#source.implements(path.id, 'core::default::Default') ? 'made' : undefined;
    return HASHERS.has(definition) ? 'made' : undefined;
  }

  #definition(path: RustdocPath): string | undefined {
    return this.#source.definitionPath(path.id);
  }

  /** Replaces aliases by what they stand for. */
  #expand(type: RustdocType, depth = 0): RustdocType {
    if (type === 'infer' || depth > 32) return type;
    const own = this.#selfType(type);
    if (own) return this.#expand(own, depth + 1);
    if (!type.resolved_path) return type;
    const { resolved_path: path } = type;
    const alias = this.#source.item(path.id)?.inner.type_alias;
    if (!alias) return type;
    const names = alias.generics.params.filter((p) => p.kind.type !== undefined).map((p) => p.name);
    const given = typeArguments(path);
    const substitution = new Map(names.flatMap((name, i) => (given[i] ? [[name, given[i]] as const] : [])));
    const lifetimes = lifetimeParameters(alias.generics).map((name, i) => [name, lifetimeArguments(path)[i] ?? "'_"]);
    return this.#expand(substitute(alias.type, substitution, new Map(lifetimes as [string, string][])), depth + 1);
  }
}

/** Hashers of other crates that are made by `Default`. */
const HASHERS: ReadonlySet<string> = new Set([
  'core::hash::BuildHasherDefault',
  'rustc_hash::FxBuildHasher',
  'ahash::random_state::RandomState',
  'foldhash::fast::RandomState',
  'foldhash::fast::FixedState',
  'foldhash::quality::RandomState',
]);

/** What may stand behind `dyn Error` in a box. */
const BOXED_BOUNDS: ReadonlySet<string> = new Set(['core::error::Error', 'core::marker::Send', 'core::marker::Sync']);

interface RowReader {
  readonly whole: RustdocType;
  read(type: RustdocType): Value;
  sequence(owner: Extract<Value, { kind: 'sequence' }>['owner'], element: RustdocType): Value;
  pointer(owner: 'Box' | 'Arc' | 'Rc', target: RustdocType): Value;
  cow(target: RustdocType): Value;
  error(type: RustdocType): ErrorValue;
  hasher(type: RustdocType | undefined): 'default' | 'made' | undefined;
}

type Row = (reader: RowReader, given: Arguments) => Value;

const sequence =
  (owner: Extract<Value, { kind: 'sequence' }>['owner']): Row =>
  (reader, [element]) =>
    element ? reader.sequence(owner, element) : unsupported(reader.whole, 'other');
const pointer =
  (owner: 'Box' | 'Arc' | 'Rc'): Row =>
  (reader, [target]) =>
    target ? reader.pointer(owner, target) : unsupported(reader.whole, 'other');
const map =
  (owner: 'HashMap' | 'BTreeMap'): Row =>
  (reader, [key, value, given]) => {
    const hasher = owner === 'HashMap' ? reader.hasher(given) : 'default';
    if (!key || !value) return unsupported(reader.whole, 'other');
    if (hasher === undefined) return unsupported(reader.whole, 'hasher');
    return { kind: 'map', owner, key: reader.read(key), value: reader.read(value), ownHasher: hasher === 'made' };
  };
const set =
  (owner: 'HashSet' | 'BTreeSet'): Row =>
  (reader, [element, given]) => {
    const hasher = owner === 'HashSet' ? reader.hasher(given) : 'default';
    if (!element) return unsupported(reader.whole, 'other');
    if (hasher === undefined) return unsupported(reader.whole, 'hasher');
    return { kind: 'set', owner, element: reader.read(element), ownHasher: hasher === 'made' };
  };
const range =
  (type: RangeType): Row =>
  (reader, [of]) =>
    of ? { kind: 'range', type, of: reader.read(of) } : unsupported(reader.whole, 'other');
const stdResult =
  (error: string): Row =>
  (reader, [ok]) =>
    ok
      ? { kind: 'result', ok: reader.read(ok), error: { kind: 'std', rust: error } }
      : unsupported(reader.whole, 'other');
const constant =
  (value: Value): Row =>
  () =>
    value;

const STD_TYPES: Readonly<Record<string, Row>> = {
  'alloc::string::String': constant({ kind: 'text', owner: 'String' }),
  'alloc::vec::Vec': sequence('Vec'),
  'alloc::collections::vec_deque::VecDeque': sequence('VecDeque'),
  'alloc::collections::linked_list::LinkedList': sequence('LinkedList'),
  'alloc::collections::binary_heap::BinaryHeap': sequence('BinaryHeap'),
  'alloc::boxed::Box': pointer('Box'),
  'alloc::sync::Arc': pointer('Arc'),
  'alloc::rc::Rc': pointer('Rc'),
  'alloc::borrow::Cow': (reader, [target]) => (target ? reader.cow(target) : unsupported(reader.whole, 'other')),
  'std::collections::hash::map::HashMap': map('HashMap'),
  'alloc::collections::btree::map::BTreeMap': map('BTreeMap'),
  'std::collections::hash::set::HashSet': set('HashSet'),
  'alloc::collections::btree::set::BTreeSet': set('BTreeSet'),
  'core::option::Option': (reader, [of]) =>
    of ? { kind: 'option', of: reader.read(of) } : unsupported(reader.whole, 'other'),
  'core::result::Result': (reader, [ok, error]) =>
    ok && error
      ? { kind: 'result', ok: reader.read(ok), error: reader.error(error) }
      : unsupported(reader.whole, 'other'),
  'core::num::wrapping::Wrapping': (reader, [of]) =>
    of ? { kind: 'wrapping', of: reader.read(of) } : unsupported(reader.whole, 'other'),
  'core::num::nonzero::NonZero': (reader, [of]) => {
    const value = of && reader.read(of);
    return value?.kind === 'int' ? { kind: 'nonZero', type: value.type } : unsupported(reader.whole, 'generic');
  },
  ...Object.fromEntries(
    [...INTS].map((type) => [`core::num::nonzero::NonZero${capitalize(type)}`, constant({ kind: 'nonZero', type })]),
  ),
  'std::io::error::Result': stdResult('std::io::Error'),
  'core::fmt::Result': (reader) => stdResult('std::fmt::Error')(reader, [{ tuple: [] }]),
  'core::fmt::Arguments': constant({ kind: 'shown', by: 'to_string' }),
  'core::time::Duration': constant({ kind: 'duration' }),
  'std::time::SystemTime': constant({ kind: 'systemTime' }),
  'std::path::PathBuf': constant({ kind: 'path', owner: 'PathBuf' }),
  'std::ffi::os_str::OsString': constant({ kind: 'osText', owner: 'OsString' }),
  'core::net::ip_addr::IpAddr': constant({ kind: 'ipAddress', type: 'IpAddr' }),
  'core::net::ip_addr::Ipv4Addr': constant({ kind: 'ipAddress', type: 'Ipv4Addr' }),
  'core::net::ip_addr::Ipv6Addr': constant({ kind: 'ipAddress', type: 'Ipv6Addr' }),
  'core::cmp::Ordering': constant({ kind: 'ordering' }),
  'core::ops::range::Range': range('Range'),
  'core::ops::range::RangeInclusive': range('RangeInclusive'),
  'core::ops::range::RangeFrom': range('RangeFrom'),
  'core::ops::range::RangeTo': range('RangeTo'),
  'core::ops::range::RangeToInclusive': range('RangeToInclusive'),
};
