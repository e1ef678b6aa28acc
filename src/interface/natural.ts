/**
 * The natural instantiation of a type parameter: a function over `T: AsRef<str>` is one over `&str` for everybody who calls it from outside.
 *
 * Only bounds that ask for one view of the data have one; `Sized` and what every view implements may stand beside them.
 */

import type { RustdocBound, RustdocGenerics, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import { renderType } from '../rustdoc/render.ts';
import { type BoundsSource, callbackValue } from './callbacks.ts';
import { iterableValue } from './iterators.ts';
import type { Value } from './types.ts';

/** As {@link BoundsSource}, where the instantiations found so far stand for their parameters. */
export interface NaturalSource {
  readonly definitionOf: (path: RustdocPath) => string | undefined;
  readonly readWith: (found: ReadonlyMap<string, Value>) => (type: RustdocType) => Value;
}

/** Type parameters that have one, by name: also those that stand for `impl Trait` arguments. */
export function naturalInstantiations(
  generics: RustdocGenerics,
  { definitionOf, readWith }: NaturalSource,
): ReadonlyMap<string, Value> {
  const types = generics.params.flatMap(({ name, kind }) =>
    kind.type
      ? [{ name, bounds: [...kind.type.bounds, ...boundsBelow(generics, name)], inside: boundsInside(generics, name) }]
      : [],
  );
  let found: ReadonlyMap<string, Value> = new Map();
  // Bounds may name other parameters: `I: IntoIterator<Item = S>, S: AsRef<str>`. A chain of them is no longer than the list.
  for (let round = 0; round < types.length; round++) {
    const source = { definitionOf, read: readWith(found) };
    found = new Map(
      types.flatMap(({ name, bounds, inside }) => {
        const value = naturalValue(bounds, source, inside);
        return value ? [[name, value] as const] : [];
      }),
    );
  }
  return found;
}

function boundsBelow({ where_predicates: predicates }: RustdocGenerics, name: string): readonly RustdocBound[] {
  return predicates.flatMap(({ bound_predicate: predicate }) => {
    const isOwn = predicate && predicate.type !== 'infer' && predicate.type.generic === name;
    return isOwn ? predicate.bounds : [];
  });
}

/** `I::Item: AsRef<str>` as the bounds of `Item`. */
function boundsInside({ where_predicates: predicates }: RustdocGenerics, name: string): Inside {
  const inside = new Map<string, readonly RustdocBound[]>();
  for (const { bound_predicate: predicate } of predicates) {
    const path = predicate && predicate.type !== 'infer' ? predicate.type.qualified_path : undefined;
    const isOwn = path && path.self_type !== 'infer' && path.self_type.generic === name;
    if (predicate && isOwn) inside.set(path.name, [...(inside.get(path.name) ?? []), ...predicate.bounds]);
  }
  return inside;
}

/** Bounds of associated types, by their names. */
type Inside = ReadonlyMap<string, readonly RustdocBound[]>;

/** The value of an `impl Trait` argument or of a parameter with these bounds. */
export function naturalValue(
  bounds: readonly RustdocBound[],
  source: BoundsSource,
  inside: Inside = new Map(),
): Value | undefined {
  const found =
    callbackValue(bounds, 'value', source) ??
    iterableValue(bounds, inside, source, (item) => naturalValue(item, source));
  if (found) return found;
  const { definitionOf } = source;
  if (bounds.some(({ outlives }) => outlives === "'static")) return undefined;
  const traits = bounds.flatMap(({ trait_bound: bound }) => (bound ? [bound.trait] : []));
  const views = traits.flatMap((trait) => {
    const definition = definitionOf(trait) ?? '';
    if (BESIDE.has(definition)) return [];
    return [VIEWS[`${definition} ${argumentOf(trait)}`]];
  });
  return views.length === 1 ? views[0] : undefined;
}

/** The trait's only type argument as text, without its path. */
function argumentOf(trait: RustdocPath): string {
  const args = trait.args?.angle_bracketed?.args ?? [];
  const types = args.flatMap((argument) => (argument !== 'infer' && argument.type ? [argument.type] : []));
  return types.map(shortType).join(', ');
}

function shortType(type: RustdocType): string {
  return renderType(type).replaceAll(/\b\w+::/g, '');
}

/** Traits that every view implements, and that say nothing of the data. */
const BESIDE: ReadonlySet<string> = new Set([
  'core::marker::Sized',
  'core::clone::Clone',
  'core::marker::Copy',
  'core::fmt::Debug',
]);

const VIEWS: Readonly<Record<string, Value>> = {
  'core::convert::AsRef str': { kind: 'text', owner: 'str' },
  'core::convert::AsRef [u8]': { kind: 'bytes', owner: 'slice' },
  'core::convert::AsRef Path': { kind: 'path', owner: 'ref' },
  'core::convert::AsRef OsStr': { kind: 'osText', owner: 'ref' },
  'core::convert::Into String': { kind: 'text', owner: 'String' },
  'core::convert::Into Vec<u8>': { kind: 'bytes', owner: 'Vec' },
  'core::convert::Into PathBuf': { kind: 'path', owner: 'PathBuf' },
  'core::convert::Into f64': { kind: 'float', type: 'f64' },
  'core::convert::Into i64': { kind: 'int', type: 'i64' },
};
