/** Operators of a class as the special methods that CPython makes of them. */

import type { ClassPlan } from './classes.ts';
import { pyArgument, pyResult } from './conversions.ts';
import { isOf, type OperatorAlternative, type OperatorPlan } from './operators.ts';
import { separated, type Types } from './overlap.ts';
import { renderPyType } from './type.ts';

/** A special method and its overloads; none where CPython has the method, but nothing can be given to it. */
export interface OperatorMethod {
  readonly name: string;
  readonly overloads: readonly Types[];
}

/** The special methods of one operator. */
export function operatorMethods(item: ClassPlan, { operator, alternatives }: OperatorPlan): readonly OperatorMethod[] {
  const own = alternatives.filter(({ left }) => isOf(left, { item: item.key })).map(onLeft);
  switch (operator.form) {
    case 'unary':
      return [{ name: operator.method, overloads: own.slice(0, 1) }];
    case 'assign':
      return [{ name: operator.method, overloads: separated(withInstead(own, instead(item, operator.method))) }];
    case 'binary': {
      // CPython makes both methods for every slot; the reflected one has an answer where the object stands on the right.
      const reflected = alternatives.filter(({ right }) => right && isOf(right, { item: item.key })).map(onRight);
      return [
        { name: operator.method, overloads: separated(own) },
        { name: operator.method.replace('__', '__r'), overloads: separated(reflected) },
      ];
    }
  }
}

/** What `a += b` does where `+=` does not take `b`: `a = a + b`. */
function instead(item: ClassPlan, method: string): readonly Types[] {
  const binary = item.operators.find(({ operator }) => operator.method === method.replace('__i', '__'));
  return (binary?.alternatives ?? []).filter(({ left }) => isOf(left, { item: item.key })).map(onLeft);
}

/** In the order of `+`: mypy compares the overloads of `+=` and `+` one by one. */
function withInstead(own: readonly Types[], others: readonly Types[]): readonly Types[] {
  const taken = ({ parameters }: Types): string => parameters.map((type) => renderPyType(type)).join();
  const first = others.map((other) => own.find((one) => taken(one) === taken(other)) ?? other);
  return [...first, ...own.filter((one) => !first.includes(one))];
}

function onLeft({ right, output }: OperatorAlternative): Types {
  return { parameters: right ? [pyArgument(right)] : [], result: pyResult(output) };
}

function onRight({ left, output }: OperatorAlternative): Types {
  return { parameters: [pyArgument(left)], result: pyResult(output) };
}
