/** Constants and statics, of modules and of classes. */

import { rustCString } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import { children } from '../../../interface/rust.ts';
import type { Value } from '../../../interface/types.ts';
import { type ConstantPlan, constantSignature } from '../constants.ts';
import { conversionOf } from '../conversions.ts';

/** The constants of a class: an item for each, below the class's own symbol. */
export function associatedConstants(symbol: string, constants: readonly ConstantPlan[]): readonly string[] {
  return constants.map((constant) => constantEntry(constant, associatedName(symbol, constant)));
}

/** `CONSTANT_Point_ORIGIN` */
export function associatedName(symbol: string, { name }: ConstantPlan): string {
  return `${symbol.replace(/^[A-Za-z]+/, 'CONSTANT')}_${name}`;
}

/** A constant is made anew where it is named; a static is copied out. */
export function constantEntry(constant: ConstantPlan, symbol: string): string {
  const { name, path, callee, value, isStatic } = constant;
  const isLent = isStatic && value.kind === 'view';
  const expression = isLent ? `&${callee}` : isStatic && !isCopy(value) ? `${callee}.clone()` : callee;
  return text`
    /// \`${path.join('::')}\` as \`${constantSignature(constant)}\`.
    const ${symbol}: Constant = Constant {
        name: ${rustCString(name)},
        // SAFETY: called with the thread attached, as \`Constant\` promises.
        value: |context| unsafe { <${conversionOf(value)} as Lift>::lift(${expression}, context) },
    };
  `;
}

function isCopy(value: Value): boolean {
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'nonZero':
    case 'float':
    case 'char':
    case 'byteArray':
    case 'reference':
    case 'duration':
    case 'systemTime':
    case 'ipAddress':
    case 'ordering':
      return true;
    case 'text':
      return value.owner === 'str';
    case 'bytes':
    case 'sequence':
      return value.owner === 'slice';
    case 'path':
    case 'osText':
      return value.owner === 'ref';
    case 'array':
    case 'tuple':
    case 'option':
    case 'wrapping':
      return children(value).every(isCopy);
    default:
      return false;
  }
}
