/** Lifetimes as types write them: parameters of an item, arguments of a path, names of references. */

import type { RustdocBound, RustdocGenerics, RustdocItem, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import type { Generics, Value } from './types.ts';

/** The lifetime arguments of a path, `'_` where they are elided. */
export function lifetimeArguments(path: RustdocPath): readonly string[] {
  const args = path.args?.angle_bracketed?.args ?? [];
  return args.flatMap((argument) =>
    argument !== 'infer' && argument.lifetime !== undefined ? [argument.lifetime] : [],
  );
}

/** Names of the lifetime parameters. */
export function lifetimeParameters({ params }: RustdocGenerics): readonly string[] {
  return params.filter(({ kind }) => kind.lifetime !== undefined).map(({ name }) => name);
}

/** `'a: 'b`, beside a parameter or in a where clause. */
export function outlivings({ params, where_predicates: predicates }: RustdocGenerics): Generics['outlives'] {
  const declared = params.map(({ name, kind }) => ({ lifetime: name, outlives: kind.lifetime?.outlives ?? [] }));
  const below = predicates.flatMap(({ lifetime_predicate: predicate }) => predicate ?? []);
  return [...declared, ...below].flatMap(({ lifetime: long, outlives }) => outlives.map((short) => ({ long, short })));
}

/** What stands for the lifetime parameters of an own type, also where the path does not say. */
export function givenLifetimes(item: RustdocItem, path: RustdocPath): { lifetimes?: readonly string[] } {
  const generics = item.inner.struct?.generics ?? item.inner.enum?.generics ?? item.inner.union?.generics;
  const given = lifetimeArguments(path);
  const lifetimes = (generics ? lifetimeParameters(generics) : []).map((_, i) => given[i] ?? "'_");
  return lifetimes.length === 0 ? {} : { lifetimes };
}

/** Names the lifetime of a reference. */
export function withLifetime(value: Value, lifetime: string | undefined): Value {
  if (lifetime === undefined || lifetime === "'_") return value;
  switch (value.kind) {
    case 'text':
    case 'bytes':
    case 'sequence':
    case 'inPlace':
    case 'reference':
    case 'exclusive':
    case 'path':
    case 'osText':
      return { ...value, lifetime };
    default:
      return value;
  }
}

/** Whether `'static` stands anywhere in the type, or in bounds. */
export function mentionsStatic(type: RustdocType | readonly RustdocBound[]): boolean {
  return /"lifetime":"'static"/.test(JSON.stringify(type));
}

/** The type of an `impl`, in which `'_` is the same wherever `Self` stands. */
export function withNamedLifetimes(type: RustdocType): RustdocType {
  let count = 0;
  const text = JSON.stringify(type).replaceAll(`"lifetime":"'_"`, () => `"lifetime":"'i${count++}"`);
  return JSON.parse(text) as RustdocType;
}
