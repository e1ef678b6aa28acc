/** Operator traits of a type as Python's operators. */

import type { Implementation, ItemKey, StructItem, Value } from '../../interface/types.ts';
import { isObject } from './conversions.ts';
import { refuseArgument, refuseResult, type RefuseOwn } from './refusals.ts';

/** One operator of a class: alternatives for the operand, tried in order. */
export interface OperatorPlan {
  readonly operator: Operator;
  readonly alternatives: readonly OperatorAlternative[];
}

export interface OperatorAlternative {
  /** How the object itself is taken: `Point` or `&Point`. */
  readonly left: Value;
  /** Undefined for unary operators. */
  readonly right: Value | undefined;
  readonly output: Value;
}

/** An operator in Rust and in Python. */
export interface Operator {
  /** Path of the trait's definition. */
  readonly trait: string;
  /** The sign in Rust: `+`, `-=`. */
  readonly sign: string;
  /** The runtime's slot. */
  readonly slot: string;
  /** Python's special method. */
  readonly method: string;
  readonly form: 'binary' | 'unary' | 'assign';
}

const BINARY: readonly (readonly [string, string, string, string, string])[] = [
  ['arith', 'Add', '+', 'add', 'add'],
  ['arith', 'Sub', '-', 'subtract', 'sub'],
  ['arith', 'Mul', '*', 'multiply', 'mul'],
  ['arith', 'Div', '/', 'divide', 'truediv'],
  ['arith', 'Rem', '%', 'remainder', 'mod'],
  ['bit', 'BitAnd', '&', 'and', 'and'],
  ['bit', 'BitOr', '|', 'or', 'or'],
  ['bit', 'BitXor', '^', 'xor', 'xor'],
  ['bit', 'Shl', '<<', 'shift_left', 'lshift'],
  ['bit', 'Shr', '>>', 'shift_right', 'rshift'],
];

export const OPERATORS: readonly Operator[] = [
  ...BINARY.map(([module, trait, sign, slot, method]): Operator => ({
    trait: `core::ops::${module}::${trait}`,
    sign,
    slot,
    method: `__${method}__`,
    form: 'binary',
  })),
  ...BINARY.map(([module, trait, sign, slot, method]): Operator => ({
    trait: `core::ops::${module}::${trait}Assign`,
    sign: `${sign}=`,
    slot: `${slot}_assign`,
    method: `__i${method}__`,
    form: 'assign',
  })),
  { trait: 'core::ops::arith::Neg', sign: '-', slot: 'negative', method: '__neg__', form: 'unary' },
  { trait: 'core::ops::bit::Not', sign: '!', slot: 'invert', method: '__invert__', form: 'unary' },
];

/** The operators that a type's implementations offer, in the order of the table. */
export function planOperators(
  self: Extract<Value, { kind: 'own' }>,
  implementations: readonly Implementation[],
  refuseOwn: RefuseOwn,
): readonly OperatorPlan[] {
  return OPERATORS.flatMap((operator) => {
    const found = implementations
      .filter(({ trait }) => trait === operator.trait)
      .flatMap((implementation) => alternative(operator, self, implementation, refuseOwn) ?? []);
    const alternatives = found.filter((one, i) => found.findIndex((other) => isSameOperand(one, other)) === i);
    return alternatives.length === 0 ? [] : [{ operator, alternatives }];
  });
}

function alternative(
  { form }: Operator,
  self: Extract<Value, { kind: 'own' }>,
  { isForReference, arguments: given, associated }: Implementation,
  refuseOwn: RefuseOwn,
): OperatorAlternative | undefined {
  const left: Value = isForReference ? { kind: 'reference', of: self } : self;
  // By value the object would be used up, unless it can be copied.
  if (form !== 'assign' && !isForReference && !self.clone) return undefined;
  const right = form === 'unary' ? undefined : (given[0] ?? self);
  if (right && (refuseArgument(right, refuseOwn) || moves(right))) return undefined;
  const output: Value = form === 'assign' ? self : (associated.get('Output') ?? { kind: 'unit' });
  return refuseResult(output, refuseOwn) || output.kind === 'result' ? undefined : { left, right, output };
}

function moves(value: Value): boolean {
  return isObject(value) && !value.clone;
}

/** `Point` and `&Point` are the same operand for Python. */
function isSameOperand(a: OperatorAlternative, b: OperatorAlternative): boolean {
  return JSON.stringify(lent(a.right)) === JSON.stringify(lent(b.right));
}

function lent(value: Value | undefined): Value | undefined {
  return value?.kind === 'reference' ? value.of : value;
}

/** A value of a class. */
export function ownValue(key: ItemKey, { type }: StructItem): Extract<Value, { kind: 'own' }> {
  const clone = type.traits.has('core::clone::Clone');
  return { kind: 'own', item: key, arguments: type.arguments, form: 'object', clone };
}
