/**
 * What the type parameters of a generic item stand for where nothing else is said: numbers where the bounds are numeric, the types that implement a trait of the crate,
 * the host's own object where a parameter is only stored, compared, hashed or shown.
 */

import type { RustdocBound, RustdocGenerics, RustdocType } from '../rustdoc/format.ts';
import { areNumeric, type BoundSource, boundsOf, implementers, isSame, ownTraits, satisfies } from './bounds.ts';
import { convertible } from './into.ts';
import { implementedArguments } from './implemented-arguments.ts';
import type { Value } from './types.ts';

/** The numbers that are tried, best first: an int goes to the first that holds it, a float to the last. */
const NUMBERS: readonly Value[] = [
  { kind: 'int', type: 'i64' },
  { kind: 'int', type: 'i128' },
  { kind: 'float', type: 'f64' },
];

/** More instantiations of one item than this are refused: nobody would look through them. */
const LIMIT = 12;

/** What a parameter with these bounds can stand for, in the order in which arguments are tried; none when no rule serves. */
export function candidates(name: string, bounds: readonly RustdocBound[], source: BoundSource): readonly Value[] {
  const host: Value = { kind: 'hostObject', parameter: isIdentifier(name) ? name : 'T' };
  const into = convertible(bounds, source);
  if (into.length > 0) return into;
  const numbers = NUMBERS.filter((number) => satisfies(number, bounds, source));
  if (areNumeric(bounds, source)) return numbers;
  if (satisfies(host, bounds, source)) return [host];
  return numbers.length > 0 ? numbers : fitting(bounds, source);
}

/** The types that implement a trait of the crate, and what is asked besides. */
function fitting(bounds: readonly RustdocBound[], source: BoundSource): readonly Value[] {
  const [trait] = ownTraits(bounds, source);
  const all = trait ? implementers(trait, source) : [];
  const found = all.filter((value) => value.kind !== 'unsupported' && satisfies(value, bounds, source));
  return found.filter((value, i) => found.findIndex((other) => isSame(other, value)) === i);
}

export type Binding = ReadonlyMap<string, Value>;

/**
 * All combinations for the parameters that `known` does not settle; empty when a parameter has no candidate.
 *
 * @param isArgument whether the arguments of a call tell what the parameter is: else one choice has to do
 */
export function instantiations(
  generics: RustdocGenerics,
  known: ReadonlySet<string>,
  source: BoundSource,
  isArgument: (name: string) => boolean,
): readonly Binding[] {
  const open = generics.params.filter(({ name, kind }) => kind.type !== undefined && !known.has(name));
  let all: readonly Binding[] = [new Map()];
  for (const { name } of open) {
    const settled = iteratedItems(generics, name) ?? implementedArguments(name, generics, source);
    const found = settled ?? candidates(name, boundsOf(generics, name), source);
    const chosen = isArgument(name) ? found : found.slice(-1);
    all = all.flatMap((binding) => chosen.map((value) => new Map([...binding, [name, value]])));
  }
  return all.length > LIMIT ? [] : all;
}

/**
 * `&'a I: IntoIterator<Item = E>`: a list of the host's objects is what is iterated by reference, and `E` is a reference to one.
 */
function iteratedItems({ where_predicates: predicates }: RustdocGenerics, name: string): readonly Value[] | undefined {
  for (const { bound_predicate: predicate } of predicates) {
    const type = predicate?.type === 'infer' ? undefined : predicate?.type.borrowed_ref?.type;
    const iterated = type === 'infer' ? undefined : type?.generic;
    const item = iterated === undefined ? undefined : itemOf(predicate?.bounds ?? []);
    if (iterated === undefined || item === undefined) continue;
    const object: Value = { kind: 'hostObject', parameter: iterated };
    if (name === iterated) return [{ kind: 'sequence', owner: 'Vec', element: object }];
    if (item !== 'infer' && item.generic === name) return [{ kind: 'reference', of: object }];
  }
  return undefined;
}

function itemOf(bounds: readonly RustdocBound[]): RustdocType | undefined {
  for (const { trait_bound: bound } of bounds) {
    const constraint = bound?.trait.args?.angle_bracketed?.constraints.find(({ name }) => name === 'Item');
    const item = constraint?.binding.equality;
    if (item !== undefined && item !== 'infer') return item.type;
  }
  return undefined;
}

/** `impl Trait` has no name of its own. */
function isIdentifier(name: string): boolean {
  return !name.includes(' ');
}
