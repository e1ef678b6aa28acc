/** Types that no host could know what to do with, and why. */

import type { RustdocPath, RustdocType } from '../rustdoc/format.ts';
import { renderType } from '../rustdoc/render.ts';
import type { UnsupportedCause, Value } from './types.ts';

/** What rules a type out that nothing recognised. */
export function causeOf(type: Exclude<RustdocType, 'infer'>): UnsupportedCause {
  if (type.generic !== undefined || type.qualified_path) return 'generic';
  if (type.impl_trait)
    return traitCause(
      type.impl_trait.flatMap((b) => (b.trait_bound ? [b.trait_bound.trait] : [])),
      'impl-trait',
    );
  if (type.dyn_trait)
    return traitCause(
      type.dyn_trait.traits.map(({ trait }) => trait),
      'trait-object',
    );
  if (type.borrowed_ref) return type.borrowed_ref.type === 'infer' ? 'other' : causeOf(type.borrowed_ref.type);
  if (type.raw_pointer) return 'raw-pointer';
  if (type.function_pointer) return 'function-pointer';
  return 'other';
}

function traitCause(traits: readonly RustdocPath[], otherwise: UnsupportedCause): UnsupportedCause {
  const names = new Set(traits.map((trait) => trait.path.split('::').at(-1)));
  if (['Fn', 'FnMut', 'FnOnce'].some((name) => names.has(name))) return 'callback';
  if (['Iterator', 'IntoIterator', 'DoubleEndedIterator', 'ExactSizeIterator'].some((name) => names.has(name)))
    return 'iterator';
  return otherwise;
}

/** A type that is no value of any host. */
export function unsupported(type: RustdocType, cause: UnsupportedCause): Value {
  return { kind: 'unsupported', rust: renderType(type), cause };
}
