/** What stands in the place of a callback when the user's function is called: a closure that calls the callable. */

import type { CallbackForm, Value } from '../../../interface/types.ts';

/**
 * @param callable the name of the lowered callable
 * @example closure(of `&dyn Fn(i64) -> i64`, 'a0') // '&|x0| a0.call(x0)'
 */
export function closure(value: Extract<Value, { kind: 'callback' }>, callable: string): string {
  const names = value.arguments.map((_, i) => `x${i}`).join(', ');
  const called = `${callable}.call(${names})`;
  // What is raised in Python unwinds, so the closure itself never gives an error.
  const answer = value.result.kind === 'result' ? `Ok(${called})` : called;
  return FORMS[value.form](`${value.isKept ? 'move ' : ''}|${names}| ${answer}`);
}

const FORMS: Readonly<Record<CallbackForm, (code: string) => string>> = {
  value: (code) => code,
  reference: (code) => `&${code}`,
  exclusive: (code) => `&mut ${code}`,
  Box: (code) => `Box::new(${code})`,
  Arc: (code) => `std::sync::Arc::new(${code})`,
  Rc: (code) => `std::rc::Rc::new(${code})`,
};
