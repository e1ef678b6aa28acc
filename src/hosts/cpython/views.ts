/** Results that refer to a value inside of another object, or to a static: of a type that cannot be copied out, or that is to be changed where it is. */

import type { Value } from '../../interface/types.ts';
import { isObject } from './conversions.ts';

/** A result with views in the place of references that cannot be copied. */
export function viewed(output: Value): Value {
  switch (output.kind) {
    case 'reference':
      return isObject(output.of) && !output.of.clone ? { ...output, kind: 'view', isExclusive: false } : output;
    case 'exclusive':
      return isObject(output.of) ? { ...output, kind: 'view', isExclusive: true } : output;
    case 'result':
      return { ...output, ok: viewed(output.ok) };
    case 'option':
    case 'iterator':
      return { ...output, of: viewed(output.of) };
    case 'sequence':
      return output.owner === 'Vec' ? { ...output, element: viewed(output.element) } : output;
    case 'tuple':
      return { ...output, elements: output.elements.map(viewed) };
    default:
      return output;
  }
}

/** The types that are viewed in a value, by key. */
export function viewedIn(value: Value): readonly string[] {
  switch (value.kind) {
    case 'view':
      return value.of.kind === 'own' ? [value.of.item] : [];
    case 'option':
    case 'iterator':
      return viewedIn(value.of);
    case 'result':
      return viewedIn(value.ok);
    case 'sequence':
      return viewedIn(value.element);
    case 'tuple':
      return value.elements.flatMap(viewedIn);
    default:
      return [];
  }
}
