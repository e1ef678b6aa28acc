/** `impl Trait` results that are text to everybody who gets them. */

import type { RustdocBound } from '../rustdoc/format.ts';
import type { BoundsSource } from './callbacks.ts';
import type { Value } from './types.ts';

/** The text of `impl Display` and its like; undefined for other bounds. */
export function shownValue(bounds: readonly RustdocBound[], { definitionOf }: BoundsSource): Value | undefined {
  for (const { trait_bound: bound } of bounds) {
    const definition = (bound && definitionOf(bound.trait)) ?? '';
    if (definition === 'core::fmt::Display' || definition === 'alloc::string::ToString')
      return { kind: 'shown', by: 'to_string' };
    const [given] = bound?.trait.args?.angle_bracketed?.args ?? [];
    const type = given === undefined || given === 'infer' ? undefined : given.type;
    if (type === undefined || type === 'infer') continue;
    const target = type.primitive ?? (type.resolved_path && definitionOf(type.resolved_path));
    if (definition === 'core::convert::Into' && target === 'alloc::string::String')
      return { kind: 'shown', by: 'into' };
    if (definition === 'core::convert::AsRef' && target === 'str') return { kind: 'shown', by: 'as_ref' };
  }
  return undefined;
}
