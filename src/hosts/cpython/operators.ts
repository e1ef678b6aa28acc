/** Operator traits of a type as Python's operators. */

import type { Implementation, ItemKey, TypeFacts, Value } from '../../interface/types.ts';
import { isObject } from './conversions.ts';
import { isSameForCallers, preference } from './overloads.ts';
import { refuseArgument, refuseResult, type RefuseOwn } from './refusals.ts';

/** One operator of a class: alternatives for the operand, tried in order. */
export interface OperatorPlan {
  /** `<demo::Point as Mul>` */
  readonly path: string;
  readonly operator: Operator;
  readonly alternatives: readonly OperatorAlternative[];
}

export interface OperatorAlternative {
  /** How the object itself is taken: `Point` or `&Point`; or what stands on the left of it: `f64`. */
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
  internal: ReadonlyMap<string, unknown>,
): readonly OperatorPlan[] {
  return OPERATORS.flatMap((operator) => {
    const path = `<${self.item} as ${operator.trait.split('::').at(-1)}>`;
    if (internal.has(path)) return [];
    const found = implementations
      .filter(({ trait }) => trait === operator.trait)
      .flatMap((implementation) => alternative(operator, self, implementation, refuseOwn) ?? []);
    const sorted = [...found].sort((a, b) => preferenceOf(a) - preferenceOf(b));
    const alternatives = sorted.filter((one, i) => !sorted.slice(0, i).some((other) => isSameOperand(one, other)));
    return alternatives.length === 0 ? [] : [{ path, operator, alternatives }];
  });
}

function alternative(
  { form }: Operator,
  self: Extract<Value, { kind: 'own' }>,
  { self: left, isForReference, arguments: given, associated }: Implementation,
  refuseOwn: RefuseOwn,
): OperatorAlternative | undefined {
  if (!isOf(left, self)) {
    // `f64 * Point`. A class on the left answers itself.
    if (form !== 'binary' || isObject(lent(left)) || refuseArgument(left, refuseOwn)) return undefined;
  } else if (form !== 'assign' && !isForReference && !self.clone) {
    // By value the object would be used up, unless it can be copied.
    return undefined;
  }
  const right = form === 'unary' ? undefined : (given[0] ?? left);
  if (right && (refuseArgument(right, refuseOwn) || moves(right))) return undefined;
  const output: Value = form === 'assign' ? self : (associated.get('Output') ?? { kind: 'unit' });
  return refuseResult(output, refuseOwn) || output.kind === 'result' ? undefined : { left, right, output };
}

/** Whether it is the class's own type, or a reference to it. */
export function isOf(value: Value, self: { readonly item: ItemKey }): boolean {
  const target = lent(value);
  return target.kind === 'own' && target.item === self.item;
}

function moves(value: Value): boolean {
  return isObject(value) && !value.clone;
}

/** `Point` and `&Point` are the same operand for Python, `i32` and `i64` the same with a larger range. */
function isSameOperand(later: OperatorAlternative, earlier: OperatorAlternative): boolean {
  const isSame = (a: Value | undefined, b: Value | undefined): boolean =>
    a === undefined || b === undefined ? a === b : isSameForCallers(lent(a), lent(b));
  return isSame(later.left, earlier.left) && isSame(later.right, earlier.right);
}

/** What is lent needs no copy. */
function preferenceOf({ left, right }: OperatorAlternative): number {
  const sides = right ? [left, right] : [left];
  return sides.reduce((sum, side) => sum + preference(side) - (side.kind === 'reference' ? 0.001 : 0), 0);
}

function lent<V extends Value | undefined>(value: V): V | Value {
  return value?.kind === 'reference' ? value.of : value;
}

/** Key of the own type. */
export function ownValue(item: ItemKey, type: TypeFacts): Extract<Value, { kind: 'own' }> {
  const { lifetimes } = type.generics;
  const clone = type.traits.has('core::clone::Clone');
  return {
    kind: 'own',
    item,
    arguments: type.arguments,
    form: 'object',
    clone,
    ...(lifetimes.length > 0 && { lifetimes }),
  };
}
