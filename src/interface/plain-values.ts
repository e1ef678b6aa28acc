/** Values that own what they are made of: numbers, text, and tuples and lists of them. */

import { children } from './rust.ts';
import type { Value } from './types.ts';

/** Whether the value is one of these, which can be copied and kept. */
export function isPlain(value: Value): boolean {
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'nonZero':
    case 'float':
    case 'char':
    case 'byteArray':
    case 'duration':
    case 'ipAddress':
    case 'ordering':
      return true;
    case 'text':
      return value.owner === 'String';
    case 'bytes':
    case 'sequence':
      return value.owner === 'Vec' && children(value).every(isPlain);
    case 'array':
    case 'tuple':
    case 'option':
      return children(value).every(isPlain);
    default:
      return false;
  }
}
