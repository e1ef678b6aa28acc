/**
 * Generic structs and enums as the concrete types that a host can hold: `Matrix<T>` -> `Matrix<f64>`.
 *
 * Every generic type that rules can settle has chosen arguments; the signatures of the crate name others (`Status<usize>`). Each such instance is an item of its own, with the methods and
 * traits of those impls that are for it.
 */

import type { Id, RustdocArgument, RustdocGenerics, RustdocImpl, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import { type BoundSource, boundsOf, implementers, isSame, ownTraits, satisfies } from './bounds.ts';
import type { Binding } from './instances.ts';
import { lifetimeNames } from './lifetimes.ts';
import { asksForEver } from './narrow-impls.ts';
import { borrows, rustType } from './rust.ts';
import type { ItemKey, Value } from './types.ts';
import type { ArgumentReader, OwnInstance } from './values.ts';

/** What is asked of the crate. */
export interface GenericSource {
  /** Key of the type without arguments. */
  key(id: Id): ItemKey | undefined;
  generics(id: Id): RustdocGenerics;
  /** Impls that are written or derived for the type. */
  impls(id: Id): readonly RustdocImpl[];
  readonly bounds: BoundSource;
}

export interface Instance {
  readonly id: Id;
  readonly key: ItemKey;
  readonly arguments: readonly Argument[];
  /** What the type's own parameters stand for. */
  readonly binding: Binding;
}

/** An impl that is for a type, and what its parameters stand for there. */
export interface FoundImpl {
  readonly impl: RustdocImpl;
  readonly binding: Binding;
}

/** A type, or a constant as it is written. */
type Argument = Value | { readonly kind: 'constant'; readonly text: string };
type Parameter = RustdocGenerics['params'][number];

/** A type that is used with more arguments than this is an endless family (`Tree<Tree<T>>`). */
const LIMIT = 16;

/** A crate whose types multiply each other ends here. */
const TOTAL = 200;

const TEXT: Value = { kind: 'text', owner: 'String' };
const BYTES: Value = { kind: 'bytes', owner: 'Vec' };
const FLOAT: Value = { kind: 'float', type: 'f64' };
const INT: Value = { kind: 'int', type: 'i64' };
const FILE: Value = { kind: 'stream', reads: true, writes: true, isText: false };

export class GenericTypes {
  readonly #source: GenericSource;
  readonly #instances = new Map<ItemKey, Instance>();
  readonly #aliases = new Map<ItemKey, string>();
  readonly #chosen = new Map<Id, readonly ItemKey[]>();

  constructor(source: GenericSource) {
    this.#source = source;
  }

  /** All instances, also those that are found while they are gone through. */
  all(): Iterable<Instance> {
    return this.#instances.values();
  }

  of(id: Id): readonly Instance[] {
    return [...this.#instances.values()].filter((instance) => instance.id === id);
  }

  get(key: ItemKey): Instance | undefined {
    return this.#instances.get(key);
  }

  /** An alias of the crate is what its users call the instance; the first counts. */
  name(key: ItemKey, alias: string): void {
    if (!this.#aliases.has(key)) this.#aliases.set(key, alias);
  }

  /** Settles what the type's parameters stand for where no alias does. */
  choose(id: Id): void {
    if (this.of(id).some(({ key }) => this.#aliases.has(key))) return;
    let all: readonly (readonly Argument[])[] = [[]];
    for (const parameter of parametersOf(this.#source.generics(id))) {
      all = all.flatMap((given) => {
        const settled = this.#default(parameter, this.#bindingOf(id, given));
        const found = settled && settled.kind !== 'unit' ? [settled] : this.#candidates(id, parameter);
        return found.map((argument) => [...given, argument]);
      });
    }
    if (all.length > LIMIT) return;
    this.#chosen.set(
      id,
      all.flatMap((given) => this.#register(id, given)?.key ?? []),
    );
  }

  /** The instance that a path in a signature names. */
  find(path: RustdocPath, reader: ArgumentReader): OwnInstance | undefined {
    const given = this.#given(path, reader);
    const instance = given && this.#register(path.id, given);
    if (!instance) return undefined;
    const clone = this.impls(path.id, instance.arguments).some(
      ({ impl }) => impl.trait && this.#source.bounds.definitionOf(impl.trait) === 'core::clone::Clone',
    );
    return { key: instance.key, arguments: given.filter(isType), clone };
  }

  /** Impls that are for the type with these arguments; all of them for a type without. */
  impls(id: Id, given: readonly Argument[] | undefined): readonly FoundImpl[] {
    return this.#source.impls(id).flatMap((impl) => {
      const binding = given ? this.binding(impl, { id, arguments: given }) : new Map<string, Value>();
      const isShort = impl.trait && binding && [...binding.values()].some((value) => lifetimeNames(value).length > 0);
      return binding && !(isShort && asksForEver(impl)) ? [{ impl, binding }] : [];
    });
  }

  /** `Matrix`; `Matrix_i64` where another is called so. */
  nameOf(key: ItemKey): string | undefined {
    const instance = this.#instances.get(key);
    if (!instance) return undefined;
    const alias = this.#aliases.get(key);
    if (alias !== undefined) return alias;
    const bare = (this.#source.key(instance.id) ?? '').split('::').at(-1) ?? '';
    const all = this.of(instance.id);
    const chosen = this.#chosen.get(instance.id) ?? [];
    const first = chosen.length === 1 ? chosen[0] : undefined;
    if (all.length === 1 || key === first) return bare;
    // As short as tells all of them apart.
    const spellings = [shortWords, longWords].map((words) => (one: Instance): string => {
      const differing = one.arguments.filter((argument, i) =>
        all.some((other) => textOf(other.arguments[i]) !== textOf(argument)),
      );
      return [bare, ...differing.map((argument) => words(textOf(argument) ?? ''))].join('_');
    });
    const clear = spellings.find((spell) => new Set(all.map(spell)).size === all.length);
    return clear ? clear(instance) : `${bare}_${all.indexOf(instance) + 1}`;
  }

  /** The arguments of a path, with defaults where it has none; undefined when one is missing. */
  #given(path: RustdocPath, reader: ArgumentReader): readonly Argument[] | undefined {
    const written = writtenArguments(path);
    const all: Argument[] = [];
    for (const [i, parameter] of parametersOf(this.#source.generics(path.id)).entries()) {
      const argument = this.#argument(written[i], reader) ?? this.#default(parameter, this.#bindingOf(path.id, all));
      if (argument === undefined) return undefined;
      all.push(argument);
    }
    return all;
  }

  #argument(written: RustdocArgument | undefined, { read, constant }: ArgumentReader): Argument | undefined {
    if (written === undefined || written === 'infer') return undefined;
    if (!written.const) return written.type && read(written.type);
    const text = constant(written.const.expr);
    return text === undefined ? undefined : { kind: 'constant', text };
  }

  /** A default may name the parameters before: `struct Rgba<T, A = T>`. */
  #default({ kind }: Parameter, binding: Binding): Argument | undefined {
    if (kind.const) {
      const text = kind.const.default;
      return text === null ? undefined : { kind: 'constant', text };
    }
    return kind.type?.default ? this.#source.bounds.readWith(binding)(kind.type.default) : undefined;
  }

  /** What the type's own first parameters stand for. */
  #bindingOf(id: Id, given: readonly Argument[]): Binding {
    const parameters = parametersOf(this.#source.generics(id));
    return new Map(
      parameters.flatMap(({ name }, i) => {
        const argument = given[i];
        return argument ? [[name, boundTo(argument)] as const] : [];
      }),
    );
  }

  #register(id: Id, given: readonly Argument[]): Instance | undefined {
    const bare = this.#source.key(id);
    const texts = given.map(textOf);
    // What borrows would need an owner of its own in each instance.
    if (bare === undefined || texts.includes(undefined) || given.some(isBorrowed)) return undefined;
    const key = `${bare}<${texts.join(', ')}>`;
    const known = this.#instances.get(key);
    if (known) return known;
    if (this.#instances.size >= TOTAL || this.of(id).length >= LIMIT || key.length > 200) return undefined;
    const instance = { id, key, arguments: given, binding: this.#bindingOf(id, given) };
    this.#instances.set(key, instance);
    return instance;
  }

  /** What an impl's parameters stand for: of `impl<T: Float> Matrix<T>`, `impl Matrix<f64>`, `impl<'a, T> IntoIterator for &'a Matrix<T>`. */
  binding(impl: RustdocImpl, { id, arguments: given }: Pick<Instance, 'id' | 'arguments'>): Binding | undefined {
    const target = withoutReference(impl.for);
    const binding = new Map<string, Value>();
    if (target === 'infer' || !target.resolved_path || target.resolved_path.id !== id) return binding;
    const { bounds } = this.#source;
    const unification = { generics: impl.generics, binding };
    if (!this.#unifyPath(target.resolved_path, given, unification)) return undefined;
    this.#unifyItself(id, impl, given, unification);
    const holds = [...binding].every(([name, value]) => satisfies(value, boundsOf(impl.generics, name), bounds));
    return holds ? binding : undefined;
  }

  /** `impl<S: PartialEq<T>, T> PartialEq<Host<T>> for Host<S>`: what is compared is of the same type. */
  #unifyItself(id: Id, { trait, generics }: RustdocImpl, given: readonly Argument[], unification: Unification): void {
    const types = (trait ? writtenArguments(trait) : []).flatMap((argument) =>
      argument === 'infer' || argument.type === undefined || argument.type === 'infer' ? [] : [argument.type],
    );
    for (const { resolved_path: path } of types) {
      if (path?.id !== id) continue;
      const free = { generics, binding: new Map<string, Value>() };
      if (!this.#unifyPath(path, given, free)) continue;
      for (const [name, value] of free.binding) {
        if (!unification.binding.has(name)) unification.binding.set(name, value);
      }
    }
  }

  #unifyPath(path: RustdocPath, given: readonly Argument[], impl: Unification): boolean {
    const written = writtenArguments(path);
    const parameters = parametersOf(this.#source.generics(path.id));
    return given.every((actual, i) => {
      const argument = written[i];
      if (argument !== undefined && argument !== 'infer') return this.#unify(argument, actual, impl);
      const settled = parameters[i] && this.#default(parameters[i], this.#bindingOf(path.id, given));
      return settled !== undefined && textOf(settled) === textOf(actual);
    });
  }

  /** Whether an argument is what the impl says, which may be one of the impl's own parameters. */
  #unify({ type, const: constant }: WrittenArgument, actual: Argument, impl: Unification): boolean {
    if (constant) {
      if (actual.kind !== 'constant') return false;
      const isFree = impl.generics.params.some(({ name }) => name === constant.expr);
      if (isFree) impl.binding.set(constant.expr, boundTo(actual));
      return isFree || actual.text === constant.expr;
    }
    if (type === undefined || type === 'infer' || !isType(actual)) return false;
    if (type.generic !== undefined) {
      const known = impl.binding.get(type.generic);
      impl.binding.set(type.generic, actual);
      return known === undefined || isSame(known, actual);
    }
    const inner = actual.kind === 'own' ? this.#instances.get(actual.item) : undefined;
    if (inner && type.resolved_path?.id === inner.id) return this.#unifyPath(type.resolved_path, inner.arguments, impl);
    return textOf(this.#source.bounds.read(type)) === textOf(actual);
  }

  /** What one parameter stands for: what most of the type's functions are for. */
  #candidates(id: Id, parameter: Parameter): readonly Argument[] {
    if (parameter.kind.type === undefined) return [];
    const bounds = boundsOf(this.#source.generics(id), parameter.name);
    const host: Value = { kind: 'hostObject', parameter: parameter.name };
    const general = [host, TEXT, BYTES, FLOAT, INT, FILE];
    const possible = [...general, ...this.#implementers(id, parameter)];
    // What an impl names has passed rustc.
    const pool = [
      ...possible.filter((value) => satisfies(value, bounds, this.#source.bounds)),
      ...this.#written(id, parameter),
    ];
    const rated = pool
      .filter((value, i) => pool.findIndex((other) => isSame(other, value)) === i)
      .map((value) => ({ value, count: this.#count(id, parameter, value) }));
    const best = Math.max(...rated.map(({ count }) => count));
    const [first, ...others] = rated.filter(({ count }) => count === best).map(({ value }) => value);
    if (first === undefined) return [];
    return general.some((value) => isSame(value, first)) ? [first] : [first, ...others];
  }

  /** The types that implement the crate's traits that impls ask for. */
  #implementers(id: Id, { name }: Parameter): readonly Value[] {
    const own = [this.#source.generics(id), ...this.#source.impls(id).map((impl) => impl.generics)].flatMap(
      (generics) => ownTraits(boundsOf(generics, name), this.#source.bounds),
    );
    return own.flatMap((trait) => implementers(trait, this.#source.bounds)).filter(isConcrete);
  }

  /** The types that impls name. */
  #written(id: Id, { name }: Parameter): readonly Value[] {
    const found = this.#source.impls(id).flatMap((impl) => this.#writtenArgument(id, impl, name) ?? []);
    return found.flatMap((argument) => ('type' in argument && isConcrete(argument.type) ? [argument.type] : []));
  }

  /** What an impl has in the place of the parameter: the name of one of its own, or a type. */
  #writtenArgument(
    id: Id,
    impl: RustdocImpl,
    name: string,
  ): { readonly free: string } | { readonly type: Value } | undefined {
    const target = withoutReference(impl.for);
    const index = parametersOf(this.#source.generics(id)).findIndex((parameter) => parameter.name === name);
    if (target === 'infer' || target.resolved_path?.id !== id) return undefined;
    const argument = writtenArguments(target.resolved_path)[index];
    if (argument === undefined || argument === 'infer' || !argument.type || argument.type === 'infer') return undefined;
    const { generic } = argument.type;
    return generic === undefined ? { type: this.#source.bounds.read(argument.type) } : { free: generic };
  }

  /** How many functions there are when the parameter is `value`: of impls for all types, or else of those for this one. */
  #count(id: Id, parameter: Parameter, value: Value): number {
    const found = this.#source.impls(id).flatMap((impl) => {
      const argument = this.#writtenArgument(id, impl, parameter.name);
      return argument && impl.trait === null ? [{ argument, impl }] : [];
    });
    const general = found.flatMap(({ argument, impl }) =>
      'free' in argument ? [{ impl, bounds: boundsOf(impl.generics, argument.free) }] : [],
    );
    const counted =
      general.length > 0
        ? general.filter(({ bounds }) => satisfies(value, bounds, this.#source.bounds))
        : found.filter(({ argument }) => 'type' in argument && isSame(argument.type, value));
    return counted.reduce((sum, { impl }) => sum + impl.items.length, 0);
  }
}

/** What is being compared with an impl's target. */
interface Unification {
  readonly generics: RustdocGenerics;
  readonly binding: Map<string, Value>;
}

type WrittenArgument = Exclude<RustdocArgument, 'infer'>;

/** The arguments of a path, without lifetimes. */
function writtenArguments({ args }: RustdocPath): readonly RustdocArgument[] {
  const all = args?.angle_bracketed?.args ?? [];
  return all.filter((argument) => argument === 'infer' || argument.lifetime === undefined);
}

function isConcrete({ kind }: Value): boolean {
  return kind !== 'unsupported' && kind !== 'hostObject';
}

function withoutReference(type: RustdocType): RustdocType {
  return type !== 'infer' && type.borrowed_ref ? type.borrowed_ref.type : type;
}

function parametersOf({ params }: RustdocGenerics): readonly Parameter[] {
  return params.filter(({ kind }) => kind.lifetime === undefined);
}

function isBorrowed(argument: Argument): boolean {
  return isType(argument) && (borrows(argument) || (argument.kind === 'own' && (argument.lifetimes?.length ?? 0) > 0));
}

/** What a parameter is bound to: a constant is no value, but text that types may contain. */
function boundTo(argument: Argument): Value {
  if (isType(argument)) return argument;
  return { kind: 'unsupported', rust: argument.text, cause: 'const-generic' };
}

function isType(argument: Argument): argument is Value {
  return argument.kind !== 'constant';
}

/** As generated code writes it; undefined where it cannot. */
function textOf(argument: Argument | undefined): string | undefined {
  if (argument === undefined) return undefined;
  return argument.kind === 'constant' ? argument.text : rustType(argument);
}

/** `std::string::String` -> `String`, `::demo::Point` -> `Point`, `HostObject` -> `object`. */
function shortWords(text: string): string {
  return wordsIn(text.replaceAll(/\w*::/g, ''));
}

/** `::demo::owned::Point` -> `owned_Point`, `&String` -> `ref_String`. */
function longWords(text: string): string {
  return wordsIn(text.replaceAll(/::\w+::/g, '').replaceAll('&', 'ref '));
}

function wordsIn(text: string): string {
  const words = text.match(/\w+/g) ?? [];
  return words.map((word) => (word === 'HostObject' ? 'object' : word)).join('_');
}
