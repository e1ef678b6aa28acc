/** Primitive types. */

import type { RustdocType } from '../rustdoc/format.ts';
import type { IntType, Value } from './types.ts';
import { unsupported } from './unsupported.ts';

/** The integer types. */
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

function isInt(name: string): name is IntType {
  return (INTS as ReadonlySet<string>).has(name);
}

/** The value of a primitive type by its name. */
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
