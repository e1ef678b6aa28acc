/** Operators of a class: one special method each, with alternatives for the operand. */

import { fits } from '../../../emit/layout.ts';
import { rustString } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import type { Value } from '../../../interface/types.ts';
import type { ClassPlan } from '../classes.ts';
import { conversionOf } from '../conversions.ts';
import type { OperatorAlternative, OperatorPlan } from '../operators.ts';

/** The C function of one operator. */
export function operatorEntry(item: ClassPlan, plan: OperatorPlan): string {
  return text`
    /// \`${plan.path}\` as \`${item.name}.${plan.operator.method}\`.
    ${operatorFunction(item, plan)}
  `;
}

function operatorFunction(item: ClassPlan, plan: OperatorPlan): string {
  switch (plan.operator.form) {
    case 'binary':
      return binary(item, plan);
    case 'unary':
      return unary(item, plan);
    case 'assign':
      return assign(item, plan);
  }
}

/** The operator in the class's table of slots. */
export function operatorSlot(item: ClassPlan, plan: OperatorPlan): string {
  return `Slot::${plan.operator.slot}(${operatorName(item, plan)})`;
}

function operatorName({ symbol }: ClassPlan, { operator }: OperatorPlan): string {
  return `${symbol.replace(/^Class/, 'operator')}_${operator.slot}`;
}

function binary(item: ClassPlan, plan: OperatorPlan): string {
  const sides = ['Parameter::required("left", 0)', 'Parameter::required("right", 0)'].join(', ');
  return text`
    unsafe extern "C" fn ${operatorName(item, plan)}(left: Object, right: Object) -> Object {
        static SIGNATURE: Signature<2> = Signature::new(${title(item, plan)}, [${sides}]);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this slot with two operands of which one is an instance of the class.
        unsafe {
            operator::<${item.symbol}>(&SIGNATURE, &GATE, left, right, |call, [left, right]| {
                ${plan.alternatives.map((alternative, i) => attempt(plan, alternative, plan.alternatives.slice(i + 1)))}
                Ok(not_implemented())
            })
        }
    }
  `;
}

function attempt(
  { operator }: OperatorPlan,
  { left, right, output }: OperatorAlternative,
  later: readonly OperatorAlternative[],
): string {
  const operand = right as Value;
  const operands = `(${converted(left, 'left', 0, later)}, ${converted(operand, 'right', 1, later)})`;
  return text`
    ${fits(`let operands = ${operands};`, 16) ? `let operands = ${operands};` : `let operands =\n    ${operands};`}
    if let (Some(left), Some(right)) = operands {
        let value = call.run(|| ${isLent(left) ? '&' : ''}left ${operator.sign} ${isLent(operand) ? '&' : ''}right);
        return call.lift::<${conversionOf(output)}>(value);
    }
  `;
}

/** An int that is too large for this alternative is left to the next that takes one. */
function converted(value: Value, name: string, index: number, later: readonly OperatorAlternative[]): string {
  const isLeft = name === 'left';
  const isLast = value.kind !== 'int' || !later.some(({ left, right }) => (isLeft ? left : right)?.kind === 'int');
  if (isLast) return `call.operand::<${operandBy(value)}>(${name})?`;
  return `call.candidate::<${operandBy(value)}, true>(${index}, ${name})?`;
}

function unary(item: ClassPlan, plan: OperatorPlan): string {
  const [first] = plan.alternatives as readonly [OperatorAlternative];
  const receive = first.left.kind === 'reference' ? 'shared' : 'cloned';
  return text`
    unsafe extern "C" fn ${operatorName(item, plan)}(this: Object) -> Object {
        static SIGNATURE: Signature<0> = Signature::new(${title(item, plan)}, []);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this slot with an instance of the class.
        unsafe {
            slot(&SIGNATURE, &GATE, this, [], |call, []| {
                let receiver = call.${receive}::<${item.symbol}>(this)?;
                let value = call.run(|| ${plan.operator.sign}${receive === 'shared' ? '&*' : ''}receiver);
                call.lift::<${conversionOf(first.output)}>(value)
            })
        }
    }
  `;
}

function assign(item: ClassPlan, plan: OperatorPlan): string {
  return text`
    unsafe extern "C" fn ${operatorName(item, plan)}(this: Object, other: Object) -> Object {
        static SIGNATURE: Signature<1> = Signature::new(${title(item, plan)}, [Parameter::required("other", 0)]);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this slot with an instance of the class and any operand.
        unsafe {
            slot(&SIGNATURE, &GATE, this, [other], |call, [other]| {
                ${plan.alternatives.map((alternative, i) => attemptAssign(item, plan, alternative, plan.alternatives.slice(i + 1)))}
                Ok(not_implemented())
            })
        }
    }
  `;
}

function attemptAssign(
  item: ClassPlan,
  { operator }: OperatorPlan,
  { right }: OperatorAlternative,
  later: readonly OperatorAlternative[],
): string {
  const operand = right as Value;
  return text`
    if let Some(other) = ${converted(operand, 'other', 0, later)} {
        let mut receiver = call.exclusive::<${item.symbol}>(this)?;
        call.run(|| *receiver ${operator.sign} ${isLent(operand) ? '&' : ''}other);
        return call.same(this);
    }
  `;
}

function title(item: ClassPlan, { operator }: OperatorPlan): string {
  return rustString(`${item.name}.${operator.method}`);
}

/** `&f64`: the value is lowered and lent. Objects are lent themselves. */
function isLent(value: Value): boolean {
  return value.kind === 'reference' && value.of.kind !== 'own';
}

function operandBy(value: Value): string {
  return conversionOf(value.kind === 'reference' && isLent(value) ? value.of : value);
}
