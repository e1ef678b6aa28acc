/** A function's signature as Python people write it. */

import { pyArgument, pyResult } from './conversions.ts';
import { pythonLiteral } from './defaults.ts';
import type { FunctionPlan, ParameterPlan } from './functions.ts';
import { type PyType, renderPyType } from './type.ts';

/** `scale(points: list[float] | Buffer, factor: float = 2.0) -> None`. */
export function functionSignature(
  plan: FunctionPlan,
  render: (type: PyType) => string = (type) => renderPyType(type),
): string {
  const parameters = plan.parameters.map((parameter) => {
    const type = render(pyArgument(parameter.value));
    const value = defaultText(parameter);
    return `${parameter.name}: ${type}${value === undefined ? '' : ` = ${value}`}`;
  });
  return `${plan.name}(${parameters.join(', ')}) -> ${render(pyResult(plan.output))}`;
}

/** `scale($module, points, factor=2.0)`: what `inspect.signature` reads from the first line of a builtin's docstring. */
export function textSignature({ name, parameters }: FunctionPlan, self?: string): string {
  const list = parameters.map((parameter) => {
    const value = defaultText(parameter);
    return value === undefined ? parameter.name : `${parameter.name}=${value}`;
  });
  return `${name}(${(self === undefined ? list : [self, ...list]).join(', ')})\n--\n\n`;
}

function defaultText({ default: value }: ParameterPlan): string | undefined {
  if (value === undefined) return undefined;
  return value.kind === 'missing' ? 'None' : pythonLiteral(value.literal);
}
