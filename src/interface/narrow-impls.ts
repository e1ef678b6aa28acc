/**
 * Implementations that hold for some lifetimes of a type only: `impl Display for Word<'static>`, `where 'a: 'static`, `impl<'a> Hash for Pair<'a, 'a>`.
 *
 * The values of a class borrow for whatever time, and the host's code is shown them as `'static`: rustc would not refuse to call such an implementation on one that
 * does not live so long. So the class has it not.
 */

import type { Id, RustdocBound, RustdocGenerics, RustdocImpl, RustdocItem, RustdocType } from '../rustdoc/format.ts';
import { mentionsStatic, outlivings } from './lifetime-arguments.ts';

/** What is to be known of the type that an implementation is listed with. */
export interface NarrowSource {
  definitionOf(impl: RustdocImpl): string | undefined;
  item(id: Id): RustdocItem | undefined;
  /** The type's own parameters, and what is declared of them. */
  readonly generics: RustdocGenerics;
}

/** Whether an implementation of a foreign trait holds for less than all lifetimes. */
export function isNarrow(impl: RustdocImpl, source: NarrowSource): boolean {
  if (isBound(impl.generics, source.generics)) return true;
  // What they make is theirs, and their arguments are looked at as those of functions.
  if (MAKING.has(source.definitionOf(impl) ?? '')) return false;
  const type = expanded(impl.for, source);
  return mentionsStatic(type) || isRepeated(type) || staticArguments(impl, source);
}

/** Whether an implementation asks for type parameters that live for ever: what borrows does not. */
export function asksForEver({ generics: { params, where_predicates: predicates } }: RustdocImpl): boolean {
  const bounds: readonly RustdocBound[] = [
    ...params.flatMap(({ kind }) => kind.type?.bounds ?? []),
    ...predicates.flatMap(({ bound_predicate: predicate }) => predicate?.bounds ?? []),
  ];
  return bounds.some(({ outlives }) => outlives === "'static") || mentionsStatic(bounds);
}

const MAKING: ReadonlySet<string> = new Set([
  'core::default::Default',
  'core::str::traits::FromStr',
  'core::convert::From',
  'core::convert::TryFrom',
  'core::iter::traits::collect::FromIterator',
]);

/** `where 'a: 'static`, `'a: 'b` that the type does not declare, `where Word<'a>: Known`. */
function isBound(given: RustdocGenerics, declared: RustdocGenerics): boolean {
  const isDeclared = outlivings(declared).length > 0;
  const isLonger = outlivings(given).some(({ short }) => short === "'static" || !isDeclared);
  const names = given.params.filter(({ kind }) => kind.lifetime !== undefined).map(({ name }) => name);
  const borrowing = new Set([...names, "'static", "'_"]);
  const has = (part: unknown): boolean => lifetimesOf(part).some((name) => borrowing.has(name));
  return (
    isLonger ||
    given.where_predicates.some(({ bound_predicate: predicate }) => {
      if (!predicate) return false;
      const isOfSelf = has(predicate.type) || /"generic":"Self"/.test(JSON.stringify(predicate.type));
      return isOfSelf && predicate.bounds.some(({ outlives }) => outlives === undefined || outlives === "'static");
    })
  );
}

/** `Pair<'a, 'a>`; a reference to the type may be as long as what it borrows. */
function isRepeated(type: RustdocType): boolean {
  const target = type !== 'infer' && type.borrowed_ref ? type.borrowed_ref.type : type;
  const names = lifetimesOf(target).filter((name) => name !== "'_");
  return new Set(names).size < names.length;
}

function staticArguments({ trait }: RustdocImpl, source: NarrowSource): boolean {
  return (trait?.args?.angle_bracketed?.args ?? []).some((argument) => {
    if (argument === 'infer') return false;
    return argument.lifetime === "'static" || (argument.type && mentionsStatic(expanded(argument.type, source)));
  });
}

/** What an alias stands for, as its declaration says it. */
function expanded(type: RustdocType, source: NarrowSource): RustdocType {
  if (type === 'infer') return type;
  if (type.borrowed_ref) {
    return { borrowed_ref: { ...type.borrowed_ref, type: expanded(type.borrowed_ref.type, source) } };
  }
  const alias = type.resolved_path && source.item(type.resolved_path.id)?.inner.type_alias;
  if (!alias || mentionsStatic(type) || isRepeated(type)) return type;
  return expanded(alias.type, source);
}

function lifetimesOf(part: unknown): readonly string[] {
  return [...JSON.stringify(part).matchAll(/"lifetime":"('\w+)"/g)].map(([, name = '']) => name);
}
