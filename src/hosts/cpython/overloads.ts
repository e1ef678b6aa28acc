/** Several implementations under one name: the argument decides. */

import { children } from '../../interface/rust.ts';
import type { IntType, Value } from '../../interface/types.ts';
import { conversionOf, pyArgument } from './conversions.ts';
import { type FunctionPlan, tryable } from './functions.ts';
import { renderPyType } from './type.ts';

/** One function of several: those that no argument could choose are left out. The first names the parameters. */
export function overload(plans: readonly FunctionPlan[]): FunctionPlan | undefined {
  const [first, ...others] = distinct(plans.flatMap((plan) => [plan, ...plan.alternatives]));
  if (!first) return undefined;
  const fitting = others.filter(({ parameters }) => parameters.length === first.parameters.length);
  const alternatives = fitting.map((other) => ({
    ...other,
    name: first.name,
    parameters: other.parameters.map((parameter, i) => ({ ...parameter, name: first.parameters[i]?.name ?? '' })),
  }));
  return tryable([{ ...first, alternatives: [] }, ...alternatives]);
}

/** What a type is tried before others: those that take what others would take as well come later. */
export function preference(value: Value): number {
  switch (value.kind) {
    case 'reference':
    case 'exclusive':
    case 'pointer':
      return preference(value.of);
    case 'own':
    case 'bool':
      return 0;
    case 'text':
      return value.owner === 'str' ? 1 : 2;
    case 'char':
      return 3;
    case 'bytes':
      return value.owner === 'slice' ? 4 : 5;
    case 'int':
      return 10 + INTS.indexOf(value.type);
    case 'float':
      return value.type === 'f64' ? 30 : 31;
    case 'option':
      return 60;
    case 'hostObject':
      return 100;
    case 'iterator':
    case 'set':
      return 50;
    default:
      return 40 + Math.max(0, ...children(value).map(preference)) / 100;
  }
}

/** The instantiations of a function in the order in which they are tried. */
export function inOrder(plan: FunctionPlan): FunctionPlan {
  if (plan.alternatives.length === 0) return plan;
  const all = [{ ...plan, alternatives: [] }, ...plan.alternatives];
  const place = (one: FunctionPlan): number => one.parameters.reduce((sum, { value }) => sum + preference(value), 0);
  return overload([...all].sort((a, b) => place(a) - place(b))) ?? plan;
}

/** Which of several integers stands for `int`. */
const INTS = ['i64', 'i128', 'u64', 'u128', 'isize', 'usize', 'i32', 'u32', 'i16', 'u16', 'i8', 'u8'];

function distinct(plans: readonly FunctionPlan[]): readonly FunctionPlan[] {
  return plans.filter((plan, i) => !plans.slice(0, i).some((earlier) => takesAll(earlier, plan)));
}

/** Whether no argument is left for the later one. */
function takesAll(earlier: FunctionPlan, later: FunctionPlan): boolean {
  return later.parameters.every(({ value }, i) => {
    const other = earlier.parameters[i]?.value;
    return other !== undefined && isSameForCallers(value, other);
  });
}

/** Whether whoever passes one passes the other. */
export function isSameForCallers(later: Value, earlier: Value): boolean {
  return shown(earlier) === shown(later) && !isLarger(later, earlier);
}

/** Whether an int that does not fit `other` may fit `value`. */
function isLarger(value: Value, other: Value): boolean {
  if (value.kind !== 'int' || other.kind !== 'int') {
    const inside = children(other);
    return children(value).some((child, i) => isLarger(child, inside[i] ?? child));
  }
  const [[low, high], [otherLow, otherHigh]] = [range(value.type), range(other.type)];
  return low < otherLow || high > otherHigh;
}

function range(type: IntType): readonly [bigint, bigint] {
  const bits = BigInt(/\d+/.exec(type)?.[0] ?? 64);
  return type.startsWith('u') ? [0n, 1n << bits] : [-(1n << (bits - 1n)), 1n << (bits - 1n)];
}

/** Two types that look the same to a caller are one. */
function shown(value: Value): string {
  const own = value.kind === 'own' ? conversionOf(value) : '';
  return `${renderPyType(pyArgument(value))} ${own}`;
}
