/**
 * Implementations of traits -> methods that code outside of the crate can call.
 *
 * What an `impl` does not write is inherited from the trait; `Self`, associated types and type parameters are settled by the `impl`.
 */

import type { Id, RustdocFunction, RustdocImpl, RustdocItem, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import { boundsOf } from './bounds.ts';
import type { FoundImpl } from './generic-types.ts';
import { withLifetime, withNamedLifetimes } from './lifetime-arguments.ts';
import { naturalInstantiations } from './natural.ts';
import { borrows, rustIdentifier, rustPath, rustType, typePath } from './rust.ts';
import type { ConstantItem, Extension, Method, Parameter, Path, Receiver, Value } from './types.ts';
import { typeArguments } from './type-arguments.ts';
import type { ValueReader } from './values.ts';

/** What the reading of implementations needs to know of the crate. */
export interface TraitSource {
  item(id: Id): RustdocItem | undefined;
  definitionOf(path: RustdocPath): string | undefined;
  /** Where the crate's users find one of its traits or types. */
  publicPath(id: Id): Path | undefined;
  readonly values: ValueReader;
  method(item: RustdocItem, fn: RustdocFunction, path: Path, values: ValueReader): Method;
  constant(item: RustdocItem, type: RustdocType, path: Path, values: ValueReader): ConstantItem;
}

/** The types that an `impl` gives to the names of its trait. */
export function associatedTypes(
  impl: RustdocImpl,
  item: (id: Id) => RustdocItem | undefined,
): ReadonlyMap<string, RustdocType> {
  const types = new Map<string, RustdocType>();
  for (const id of impl.items) {
    const found = item(id);
    const type = found?.inner.assoc_type?.type;
    if (found?.name && type) types.set(found.name, type);
  }
  return types;
}

/** Reads the implementations of a crate's own traits. */
export class TraitReader {
  readonly #source: TraitSource;

  constructor(source: TraitSource) {
    this.#source = source;
  }

  /** A reader of what stands inside an `impl`: knows `Self`, its associated types, and what the trait's parameters stand for. */
  readerInside({ impl, binding }: FoundImpl, type: RustdocType = impl.for): ValueReader {
    return this.#source.values.instantiating(binding).inside({
      type: withNamedLifetimes(type),
      associated: associatedTypes(impl, (id) => this.#source.item(id)),
      parameters: independent([...this.#blanketParameter(impl, type), ...this.#traitParameters(impl)]),
    });
  }

  /** The methods that one of the crate's own types has by an `impl` of one of its own traits. */
  methods(found: FoundImpl, path: Path): readonly Method[] {
    return this.#callable(found.impl, path, typePath(path), this.readerInside(found));
  }

  /** The constants that one of the crate's own types has by an `impl` of one of its own traits. */
  constants(inside: FoundImpl, path: Path): readonly ConstantItem[] {
    const { impl } = inside;
    const reader = this.readerInside(inside);
    const found = this.#nameAs(impl, typePath(path), reader);
    const isForReference = impl.for !== 'infer' && impl.for.borrowed_ref !== undefined;
    if (!found || impl.is_negative || isForReference) return [];
    const written = new Map(impl.items.map((id) => [this.#source.item(id)?.name, this.#source.item(id)]));
    return (found.trait.inner.trait?.items ?? []).flatMap((id) => {
      const declared = this.#source.item(id);
      if (!declared?.inner.assoc_const || declared.name === null) return [];
      const { name } = declared;
      const type = written.get(name)?.inner.assoc_const?.type ?? declared.inner.assoc_const.type;
      const constant = this.#source.constant(declared, type, [...path, name], reader);
      return [{ ...constant, callee: `${found.name}::${rustIdentifier(name)}` }];
    });
  }

  /** What a trait of the crate offers on types of others. */
  extensions(trait: RustdocItem, path: Path): readonly Extension[] {
    return this.#foreignImplementations(trait).flatMap((impl) =>
      this.#selves(impl, new Set([trait.id])).map((type) => this.#extension(impl, type, path)),
    );
  }

  #foreignImplementations(trait: RustdocItem): readonly RustdocImpl[] {
    return (trait.inner.trait?.implementations ?? []).flatMap((id) => {
      const impl = this.#source.item(id)?.inner.impl;
      return impl && !impl.is_negative && !this.#isForOwnType(impl) ? [impl] : [];
    });
  }

  /** The types that an `impl` is for. `impl<T: Shout> Again for T` is one for each type that shouts. */
  #selves(impl: RustdocImpl, seen: ReadonlySet<Id>): readonly RustdocType[] {
    const name = impl.for === 'infer' ? undefined : impl.for.generic;
    if (name === undefined) return [impl.for];
    const natural = this.#naturalSelf(impl, name);
    if (natural) return [natural];
    const traits = boundsOf(impl.generics, name).flatMap(({ trait_bound: bound }) => {
      const item = bound && this.#source.item(bound.trait.id);
      return item?.inner.trait && !seen.has(item.id) ? [item] : [];
    });
    const types = traits.flatMap((trait) =>
      this.#foreignImplementations(trait).flatMap((other) => this.#selves(other, new Set([...seen, trait.id]))),
    );
    return types.length === 0 ? [impl.for] : types;
  }

  #isForOwnType({ for: type }: RustdocImpl): boolean {
    const target = type !== 'infer' && type.borrowed_ref ? type.borrowed_ref.type : type;
    const path = target === 'infer' ? undefined : target.resolved_path;
    return path !== undefined && this.#source.item(path.id)?.crate_id === 0;
  }

  #extension(impl: RustdocImpl, type: RustdocType, path: Path): Extension {
    const inside = this.readerInside(unbound(impl), type);
    const reader = inside.instantiating(this.#natural(impl, inside));
    const isUnsized = type !== 'infer' && (type.primitive === 'str' || type.slice !== undefined);
    const self = reader.read(isUnsized ? lent(type) : type);
    const written = rustType(self) ?? '_';
    const methods = this.#callable(impl, path, isUnsized ? written.slice(1) : written, reader);
    const isNatural = type !== impl.for;
    // A type that cannot be written is told by the object alone.
    const callable = written === '_' ? methods.filter(({ signature }) => signature.receiver !== undefined) : methods;
    const functions = callable.map((method) => {
      // By value there is no `str`, but what is implemented for all views is for `&str` too.
      if (!isUnsized || !isNatural || method.signature.receiver !== 'owned') return withReceiver(method, reader, type);
      const borrowed = this.readerInside(unbound(impl), lent(type));
      const same = this.#callable(impl, path, written, borrowed).find((one) => one.path.at(-1) === method.path.at(-1));
      return withReceiver(same ?? method, borrowed, lent(type));
    });
    return { self, functions };
  }

  /** `impl<T: AsRef<str> + ?Sized> Shout for T` is one for `str`. */
  #naturalSelf(impl: RustdocImpl, name: string): RustdocType | undefined {
    const value = this.#natural(impl, this.#source.values).get(name);
    const view = value && VIEWED[`${value.kind} ${'owner' in value ? value.owner : ''}`];
    if (!view) return undefined;
    return /"modifier":"maybe"/.test(JSON.stringify(impl.generics)) ? view : lent(view);
  }

  #natural({ generics }: RustdocImpl, values: ValueReader): ReadonlyMap<string, Value> {
    return naturalInstantiations(generics, {
      definitionOf: (trait) => this.#source.definitionOf(trait),
      readWith: (found) => (type) => values.instantiating(found).read(type),
    });
  }

  /** The methods of the trait that the `impl` writes or inherits, in the trait's order. */
  #callable(impl: RustdocImpl, path: Path, type: string, reader: ValueReader): readonly Method[] {
    const found = this.#nameAs(impl, type, reader);
    if (!found) return [];
    const written = new Map(impl.items.map((id) => [this.#source.item(id)?.name, this.#source.item(id)]));
    return (found.trait.inner.trait?.items ?? []).flatMap((id) => {
      const declared = this.#source.item(id);
      if (!declared || declared.name === null) return [];
      const isInherited = impl.provided_trait_methods.includes(declared.name);
      const item = written.get(declared.name) ?? (isInherited ? declared : undefined);
      if (!item?.inner.function) return [];
      const documented = { ...item, docs: item.docs ?? declared.docs };
      const method = this.#source.method(documented, item.inner.function, [...path, declared.name], reader);
      return [{ ...method, callee: `${found.name}::${rustIdentifier(declared.name)}` }];
    });
  }

  /** The crate's trait that an `impl` is of, and how code names the type as one that has it: `<::demo::Circle as ::demo::Scale<f64>>`. */
  #nameAs(impl: RustdocImpl, type: string, reader: ValueReader): { trait: RustdocItem; name: string } | undefined {
    const trait = impl.trait && this.#source.item(impl.trait.id);
    const path = impl.trait && this.#source.publicPath(impl.trait.id);
    if (!impl.trait || !trait || !path) return undefined;
    const given = typeArguments(impl.trait).map((argument) => rustType(reader.read(argument)) ?? '_');
    return { trait, name: `<${type} as ${rustPath(path)}${given.length === 0 ? '' : `<${given.join(', ')}>`}>` };
  }

  #blanketParameter({ blanket_impl: blanket, for: written }: RustdocImpl, type: RustdocType): [string, RustdocType][] {
    const generic = blanket ?? written;
    const name = generic === 'infer' ? undefined : generic.generic;
    return name === undefined || type === generic ? [] : [[name, type]];
  }

  #traitParameters({ trait }: RustdocImpl): [string, RustdocType][] {
    const declared = trait ? this.#source.item(trait.id)?.inner.trait?.generics.params : undefined;
    if (!trait || !declared) return [];
    const given = typeArguments(trait);
    const names = declared.filter(({ kind }) => kind.type !== undefined).map(({ name }) => name);
    return names.flatMap((name, i) => {
      const type = given[i];
      const isItself = type === undefined || (type !== 'infer' && type.generic === name);
      return isItself ? [] : [[name, type] as [string, RustdocType]];
    });
  }
}

/** The types behind views, which `Self` then is. */
const VIEWED: Readonly<Record<string, RustdocType>> = {
  'text str': { primitive: 'str' },
  'bytes slice': { slice: { primitive: 'u8' } },
};

/** Parameters whose types speak of no parameter themselves: the same name may mean another one there. */
function independent(parameters: readonly (readonly [string, RustdocType])[]): ReadonlyMap<string, RustdocType> {
  return new Map(parameters.filter(([, type]) => !JSON.stringify(type).includes('"generic":')));
}

function unbound(impl: RustdocImpl): FoundImpl {
  return { impl, binding: new Map() };
}

function lent(type: RustdocType): RustdocType {
  return { borrowed_ref: { lifetime: null, is_mutable: false, type } };
}

/** The object as the first parameter, from which a result borrows as from any `self`. */
function withReceiver(method: Method, reader: ValueReader, type: RustdocType): Method {
  const { self: written, ...signature } = method.signature;
  const { receiver, parameters, output } = signature;
  if (receiver === undefined || receiver === 'other') return method;
  const lifetime = written && 'lifetime' in written ? written.lifetime : undefined;
  const isLent = receiver !== 'owned' && parameters.some(({ value }) => isElided(value)) && isElided(output);
  const name = lifetime ?? (isLent ? RECEIVER : undefined);
  const value = written?.kind === 'pointer' ? written : receiverValue(receiver, reader, type);
  const self: Parameter = { name: 'self', value: withLifetime(value, name) };
  return {
    ...method,
    signature: {
      ...signature,
      receiver: undefined,
      parameters: [self, ...parameters],
      output: isLent && name !== undefined ? withElided(output, name) : output,
    },
  };
}

const RECEIVER = "'receiver";

/** Whether a lifetime of the type has no name. */
function isElided(value: Value): boolean {
  return borrows(value) || JSON.stringify(value).includes(`"'_"`);
}

/** Names all lifetimes that have no name. A result that borrows without a name borrows from `self`. */
function withElided(value: Value, name: string): Value {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
    if (part === "'_") return name;
    const isValue = part !== null && typeof part === 'object' && 'kind' in part && !('lifetime' in part);
    return isValue ? withLifetime(part as Value, name) : part;
  }) as Value;
}

function receiverValue(receiver: Exclude<Receiver, 'other'>, reader: ValueReader, type: RustdocType): Value {
  switch (receiver) {
    case 'owned':
      return reader.read(type);
    case 'shared':
      return reader.read(lent(type));
    case 'exclusive':
      return reader.read({ borrowed_ref: { lifetime: null, is_mutable: true, type } });
  }
}
