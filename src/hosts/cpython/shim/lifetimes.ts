/**
 * The copy of a signature that shows rustc how its lifetimes were read. In the shim itself values that borrow pass for `'static`, so a function that asks for `'static`
 * would get what is none: here, where nothing is known of a lifetime, it does not compile.
 */

import { list } from '../../../emit/layout.ts';
import { text } from '../../../emit/text.ts';
import { conversionOf } from '../conversions.ts';
import type { FunctionPlan } from '../functions.ts';
import { closure } from './callbacks.ts';

/** A function that is never called; nothing where no lifetime is at stake. */
export function lifetimeCheck(fn: FunctionPlan): string | undefined {
  const check = fn.lending?.check;
  if (!check) return undefined;
  const receiver = check.receiver === undefined ? [] : [`receiver: ${check.receiver}`];
  const parameters = fn.parameters.map(
    ({ value }, i) => `a${i}: ${check.parameters[i] ?? `<${conversionOf(value)} as Conversion>::Value<'_>`}`,
  );
  const passed = fn.parameters.map(({ value }, i) => {
    if (value.kind === 'callback') return closure(value, `a${i}`);
    return value.kind === 'iterator' && value.form === 'collected' ? `a${i}.into_iter()` : `a${i}`;
  });
  const values = [...(check.receiver === undefined ? [] : ['receiver']), ...passed];
  const isPlain = check.output !== undefined || fn.output.kind === 'never' || (fn.output.kind === 'unit' && !fn.error);
  const generics = check.lifetimes.length === 0 ? '' : `<${check.lifetimes.join(', ')}>`;
  return text`
    ${list(`fn _lifetimes${generics}(`, [...receiver, ...parameters], `)${check.output === undefined ? '' : ` -> ${check.output}`} {`, 4)}
        ${check.covariant.map(covariance)}
        ${isPlain ? '' : 'let _ = '}${list(`${fn.callee}${fn.turbofish}(`, values, check.output === undefined ? ');' : ')', isPlain ? 8 : 16)}
    }
  `;
}

function covariance(type: string): string {
  const [long, short] = ["'static", "'a"].map((lifetime) => type.replaceAll("'_", lifetime));
  return `fn _covariant<'a>(value: ${long}) -> ${short} {\n    value\n}`;
}
