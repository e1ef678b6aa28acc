/** Rust's primitive types. */

import type { RustdocType } from '../rustdoc/format.ts';
import type { IntType, Value } from './types.ts';
import { unsupported } from './unsupported.ts';

export const INTS: ReadonlySet<IntType> = new Set([
  'i8',
  'i16',
  'i32',
  'i64',
  'i128',
  'isize',
  'u8',
  'u16',
  'u32',
  'u64',
  'u128',
  'usize',
]);

/** Rust's name in `core::num::nonzero::NonZeroU8`. */
export function capitalize(int: IntType): string {
  return int.charAt(0).toUpperCase() + int.slice(1);
}

/** Whether it is the name of an integer type. */
export function isInt(name: string): name is IntType {
  return (INTS as ReadonlySet<string>).has(name);
}

/** `i64`, `bool`, `char`... */
export function primitive(name: string, whole: RustdocType): Value {
  if (isInt(name)) return { kind: 'int', type: name };
  switch (name) {
    case 'bool':
      return { kind: 'bool' };
    case 'f32':
    case 'f64':
      return { kind: 'float', type: name };
    case 'char':
      return { kind: 'char' };
    case 'never':
      return { kind: 'never' };
    default:
      return unsupported(whole, 'other');
  }
}
