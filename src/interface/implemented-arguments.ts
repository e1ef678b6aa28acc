/** `fn contains<T>(&self, other: T) -> bool where Self: Contains<T>`: the parameter is what the trait is implemented with. */

import type { RustdocGenerics, RustdocPath } from '../rustdoc/format.ts';
import { type BoundSource, isSame } from './bounds.ts';
import type { Value } from './types.ts';
import { typeArguments } from './type-arguments.ts';

/** What a parameter can be by the implementations that where clauses ask for; undefined when none asks, empty when they are not known. */
export function implementedArguments(
  name: string,
  { where_predicates: predicates }: RustdocGenerics,
  source: BoundSource,
): readonly Value[] | undefined {
  const asked = predicates.flatMap(({ bound_predicate: predicate }) => {
    if (!predicate || predicate.type === 'infer' || predicate.type.generic === name) return [];
    const subject = source.read(predicate.type);
    return predicate.bounds.flatMap(({ trait_bound: bound }) => {
      const place = bound ? placeOf(bound.trait, name) : -1;
      return bound && place >= 0 ? [{ subject, trait: bound.trait, place }] : [];
    });
  });
  const [first] = asked;
  return first && distinct(given(first.subject, first.trait, first.place, source));
}

function placeOf(trait: RustdocPath, name: string): number {
  return typeArguments(trait).findIndex((argument) => argument !== 'infer' && argument.generic === name);
}

function given(subject: Value, trait: RustdocPath, place: number, source: BoundSource): readonly Value[] {
  const implementations = source.item(trait.id)?.inner.trait?.implementations ?? [];
  return implementations.flatMap((id) => {
    const impl = source.impl(id);
    const type = impl?.trait ? typeArguments(impl.trait)[place] : undefined;
    if (!impl || type === undefined || impl.is_negative || !isSame(source.read(impl.for), subject)) return [];
    const value = source.read(type);
    return value.kind === 'unsupported' ? [] : [value];
  });
}

/** A reference is left out where the value itself is there. */
function distinct(values: readonly Value[]): readonly Value[] {
  const isLent = (value: Value): boolean =>
    value.kind === 'reference' && values.some((other) => isSame(other, value.of));
  return values.filter((value, i) => !isLent(value) && values.findIndex((other) => isSame(other, value)) === i);
}
