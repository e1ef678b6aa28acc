/**
 * What a function's result borrows from, by Rust's own rules: lifetimes that have one name are one, an elided one in the result is that of `self` or of the only
 * borrowed parameter, and what is behind a reference lives longer than the reference.
 *
 * The answer need not be trusted: a result that borrows from an argument which is said to be free does not compile in a shim, and {@link Lending.check} shows rustc
 * the signature as it was read.
 */

import { borrows, children, isReference, rustType } from './rust.ts';
import type { Signature, Value } from './types.ts';

/** What has to outlive the call. */
export interface Lending {
  /** Whether the result borrows from the object itself. */
  readonly receiver: boolean;
  /** For each parameter, whether the result, or an object that the call changes, borrows from it. */
  readonly parameters: readonly boolean[];
  /** Instances that may keep something of other arguments: places of parameters, -1 for the receiver. */
  readonly owing: readonly number[];
  /** The types of receiver and parameters with all lifetimes named; undefined where one cannot be written. */
  readonly check: LendingCheck | undefined;
}

/** A signature in which every lifetime has a name. */
export interface LendingCheck {
  /** `'a`, `'b: 'a`. */
  readonly lifetimes: readonly string[];
  readonly receiver: string | undefined;
  readonly parameters: readonly (string | undefined)[];
  /** Types that may keep a reference to themselves, which is lent: they have to be such that a shorter lifetime does for a longer one, so that they cannot. */
  readonly covariant: readonly string[];
  /** The type of the result, where it has to be shown that it borrows from the receiver alone. */
  readonly output: string | undefined;
}

/** One place of a type where a lifetime stands, in the order in which they are written. */
interface Place {
  readonly name: string;
  /** How many of the following places are behind this reference; for own types none. */
  readonly inside: number;
  /** The own type that has it as an argument. */
  readonly own: Extract<Value, { kind: 'own' }> | undefined;
}

/** What of a call has to outlive it; undefined when nothing has. */
export function lendingOf(signature: Signature): Lending | undefined {
  const fresh = freshNames();
  const self = signature.self && { value: signature.self, places: placesOf(signature.self, fresh) };
  const parameters = signature.parameters.map(({ value }) => ({ value, places: placesOf(value, fresh) }));
  const inputs = [...(self ? [self] : []), ...parameters];
  const object = self ?? parameters.find((_, i) => signature.parameters[i]?.name === 'self');
  const output = placesOf(signature.output, () => elided(object?.places, inputs));
  const longer = outlivings(signature, [...inputs.map(({ places }) => places), output]);
  const result = reaching(ownNames(output), longer);
  const kept = inputs.map((input) => (isChanged(input.value) ? reaching(ownNames(input.places), longer) : NONE));
  const isLending = (input: Input): boolean =>
    lends(input, result) || inputs.some((other, i) => other !== input && lends(input, kept[i] ?? NONE));
  const lending = {
    receiver: self !== undefined && lends(self, result),
    parameters: parameters.map(isLending),
    owing: owing(inputs, longer).map((index) => (self ? index - 1 : index)),
  };
  const hasOwn = inputs.some(({ places }) => ownNames(places).size > 0);
  if (!hasOwn && !lending.receiver && !lending.parameters.includes(true)) return undefined;
  return { ...lending, check: checkOf(signature, self, parameters, longer) };
}

/** The signature of a method whose result refers to its object and to nothing else: `&mut self -> &mut Self`. */
export function checkOfPart(signature: Signature): LendingCheck | undefined {
  const fresh = freshNames();
  if (!signature.self) return undefined;
  const self = { value: signature.self, places: placesOf(signature.self, fresh) };
  const parameters = signature.parameters.map(({ value }) => ({ value, places: placesOf(value, fresh) }));
  const places = placesOf(signature.output, () => elided(self.places, []));
  return checkOf(signature, self, parameters, [], { value: signature.output, places });
}

/** Whether something of the type has to live for ever. */
export function borrowsForever(value: Value): boolean {
  return placesOf(value, () => "'_").some(({ name }) => name === "'static");
}

/** Whether instances are among the values that may keep what they borrow from. */
export function hasLifetimes(value: Value): boolean {
  return placesOf(value, () => "'_").some(({ own }) => own !== undefined);
}

/** Whether instances of the value keep what they borrow from. */
export function isLent(value: Value): boolean {
  return ownNames(placesOf(value, () => "'_")).size > 0;
}

interface Input {
  readonly value: Value;
  readonly places: readonly Place[];
}

const NONE: ReadonlySet<string> = new Set();

function freshNames(): () => string {
  let count = 0;
  return () => `'l${count++}`;
}

/** The names of a type's lifetimes, `'_` where they are elided. */
export function lifetimeNames(value: Value): readonly string[] {
  return placesOf(value, () => "'_").map(({ name }) => name);
}

/** The places of a type; `name` is asked where a lifetime is elided. */
function placesOf(value: Value, name: () => string): readonly Place[] {
  if (value.kind === 'callback') return [];
  const own = value.kind === 'own' ? (value.lifetimes ?? []) : [];
  const given = (lifetime: string | undefined): string =>
    lifetime === undefined || lifetime === "'_" ? name() : lifetime;
  const ofType = own.map((lifetime) => ({ name: given(lifetime), inside: 0, own: value as Place['own'] }));
  const isOne = isReference(value) || (children(value).length === 0 && value.kind !== 'own' && borrows(value));
  const first = isOne ? given('lifetime' in value ? value.lifetime : undefined) : undefined;
  const below = children(value).flatMap((child) => placesOf(child, name));
  // What the arguments of an own type borrow, the type does.
  const inside = value.kind === 'own' ? below.map((place) => ({ ...place, inside: 0, own: value })) : below;
  // A view is an object that keeps what it refers to.
  const viewed = value.kind === 'view' && value.of.kind === 'own' ? value.of : undefined;
  const reference = first === undefined ? [] : [{ name: first, inside: inside.length, own: viewed }];
  return [...reference, ...ofType, ...inside];
}

/** The lifetime of an elided place in the result. */
function elided(self: readonly Place[] | undefined, inputs: readonly Input[]): string {
  const [receiver] = self ?? [];
  if (receiver && receiver.own === undefined) return receiver.name;
  const all = inputs.flatMap(({ places }) => places);
  return all.length === 1 ? (all[0] as Place).name : "'static";
}

/** Lifetimes of own types. */
function ownNames(places: readonly Place[]): ReadonlySet<string> {
  return new Set(places.flatMap(({ name, own }) => (own && name !== "'static" ? [name] : [])));
}

type Outliving = Signature['generics']['outlives'][number];

/** Which lifetimes live longer than others: declared, or because a reference must not outlive what is behind it. */
function outlivings({ generics }: Signature, types: readonly (readonly Place[])[]): readonly Outliving[] {
  const implied = types.flatMap((places) =>
    places.flatMap(({ name, inside, own }, i) => {
      const behind = places.slice(i + 1, i + 1 + inside).map((place) => ({ long: place.name, short: name }));
      // Two lifetimes of one type may be bound to each other in its declaration.
      const beside = own ? places.filter((place) => place.own === own) : [];
      return [...behind, ...beside.map((place) => ({ long: place.name, short: name }))];
    }),
  );
  return [...generics.outlives, ...implied];
}

/** The lifetimes whose data can be where one of these is asked for. */
function reaching(names: ReadonlySet<string>, longer: readonly Outliving[]): ReadonlySet<string> {
  const all = new Set(names);
  for (const name of all) for (const { long, short } of longer) if (short === name) all.add(long);
  return all;
}

/**
 * Whether what has these lifetimes can borrow from the input. What an instance borrows from itself is known to the instance, and moved with its value: only the
 * reference to it counts.
 */
function lends({ value, places }: Input, names: ReadonlySet<string>): boolean {
  if (value.kind === 'own') return false;
  const isInstance = (value.kind === 'reference' || value.kind === 'exclusive') && value.of.kind === 'own';
  return (isInstance ? places.slice(0, 1) : places).some(({ name }) => names.has(name));
}

/** `&mut Own<'a>` */
function isChanged(value: Value): boolean {
  return value.kind === 'exclusive' && value.of.kind === 'own';
}

/** References to instances that have a lifetime in common with another instance, or with what a call that changes them is lent. */
function owing(inputs: readonly Input[], longer: readonly Outliving[]): readonly number[] {
  return inputs.flatMap(({ value, places }, i) => {
    const isReferred = (value.kind === 'reference' || value.kind === 'exclusive') && value.of.kind === 'own';
    if (!isReferred) return [];
    const names = reaching(ownNames(places), longer);
    const others = inputs
      .filter((_, j) => j !== i)
      .flatMap((other) => (isChanged(value) ? other.places : owned(other)));
    return others.some(({ name }) => names.has(name)) ? [i] : [];
  });
}

function owned({ places }: Input): readonly Place[] {
  return places.filter(({ own }) => own);
}

function checkOf(
  { generics }: Signature,
  self: Input | undefined,
  parameters: readonly Input[],
  longer: readonly Outliving[],
  output?: Input,
): LendingCheck | undefined {
  const all = [...(self ? [self] : []), ...parameters, ...(output ? [output] : [])];
  const names = all.flatMap(({ places }) => places).map(({ name }) => name);
  const bounds = generics.outlives.filter(({ long, short }) => names.includes(long) && names.includes(short));
  // One that stands alone says nothing: it is elided.
  const isBound = (name: string): boolean => bounds.some(({ long, short }) => name === long || name === short);
  const isSaid = (name: string): boolean => isBound(name) || names.indexOf(name) !== names.lastIndexOf(name);
  const said = [...new Set(names)].filter((name) => name !== "'static" && isSaid(name));
  const types = parameters.map((parameter) => written(parameter, said));
  const receiver = self && written(self, said);
  const isOpen = parameters.some((parameter, i) => types[i] === undefined && owned(parameter).length > 0);
  const result = output && written(output, said);
  if (isOpen || (self && receiver === undefined) || (output && result === undefined)) return undefined;
  const inputs = [...(self ? [self] : []), ...parameters];
  const covariant = inputs.flatMap((input) => [...selfKeeping(input, longer), ...storing(input, inputs, longer)]);
  return {
    lifetimes: said.map((name) => declared(name, bounds)),
    receiver,
    parameters: types,
    covariant: [...new Set(covariant)],
    output: result,
  };
}

/** `&'a Link<'a>` */
function selfKeeping({ value, places }: Input, longer: readonly Outliving[]): readonly string[] {
  const type = value.kind === 'reference' && value.of.kind === 'own' ? rustType(value.of) : undefined;
  const kept = reaching(ownNames(places), longer);
  return type !== undefined && kept.has(places[0]?.name ?? '') ? [type] : [];
}

/**
 * Own types that get data of other inputs. What they hold may be shared (`Rc<RefCell<Vec<&'a str>>>`, `&'b mut Bag<'a>`) with instances that would not keep it; a type in which a shorter lifetime does
 * for a longer one has no such place.
 */
function storing(input: Input, inputs: readonly Input[], longer: readonly Outliving[]): readonly string[] {
  const names = reaching(ownNames(input.places), longer);
  const others = inputs.filter((other) => other !== input).flatMap(({ places }) => places);
  if (!others.some(({ name }) => names.has(name))) return [];
  return input.places.flatMap(({ own }) => (own && rustType(own)) ?? []);
}

function declared(name: string, bounds: Signature['generics']['outlives']): string {
  const shorter = bounds.filter(({ long }) => long === name).map(({ short }) => short);
  return shorter.length === 0 ? name : `${name}: ${shorter.join(' + ')}`;
}

/** The type with the lifetimes that are said: in its text there is a sign at each place. */
function written({ value, places }: Input, said: readonly string[]): string | undefined {
  let next = 0;
  return rustType(value)?.replaceAll(/&(?!')|'_/g, (sign) => {
    const name = places[next++]?.name ?? '';
    if (!said.includes(name)) return sign;
    return sign === '&' ? `&${name} ` : name;
  });
}
