/** A function's signature as Python people write it. */

import { pyArgument, pyResult } from './conversions.ts';
import { pythonLiteral } from './defaults.ts';
import type { FunctionPlan, ParameterPlan } from './functions.ts';
import { separated, type Types } from './overlap.ts';
import { callResult } from './parameters.ts';
import { builtin, imported, type PyType, renderPyType, replaceVariables, union, variablesIn } from './type.ts';

/** `scale(points: list[float] | Buffer, factor: float = 2.0) -> None`; one after the other where there are several. */
export function functionSignature(
  plan: FunctionPlan,
  render: (type: PyType) => string = (type) => renderPyType(type),
): string {
  return functionSignatures(plan, render).join(' | ');
}

/**
 * The different signatures of a function's instantiations: what `@overload` lists.
 *
 * @param bound type variables of the class around it, when it is written into a stub: others have to be told by the function itself
 */
export function functionSignatures(
  plan: FunctionPlan,
  render: (type: PyType) => string,
  bound?: readonly string[],
): readonly string[] {
  const all = [plan, ...plan.alternatives].map((one) => typesOf(one, bound));
  const distinct = all.filter((one, i) => all.findIndex((other) => isSameText(one, other)) === i);
  const apart = distinct.map((types, i) => {
    const isLast = i === distinct.length - 1;
    return isLast ? types : { ...types, parameters: types.parameters.map(withoutBuffer) };
  });
  return separated(apart).map((types) => written(plan, types, render));
}

function typesOf(plan: FunctionPlan, bound: readonly string[] | undefined): Types {
  const taken = plan.parameters.map(({ value }) => pyArgument(value));
  const types = { parameters: taken, result: pyResult(callResult(plan)) };
  const uses = [...types.parameters, types.result].flatMap(variablesIn);
  const isFree = (name: string): boolean => (bound ? !bound.includes(name) : plan.variables.includes(name));
  const isAlone = (name: string): boolean => isFree(name) && uses.filter((use) => use === name).length === 1;
  return {
    parameters: types.parameters.map((type) => replaceVariables(type, isAlone, builtin('object'))),
    result: replaceVariables(types.result, isAlone, imported('typing', 'Any')),
  };
}

function isSameText(a: Types, b: Types): boolean {
  const shown = ({ parameters, result }: Types): string =>
    [...parameters, result].map((type) => renderPyType(type)).join();
  return shown(a) === shown(b);
}

function written(plan: FunctionPlan, types: Types, render: (type: PyType) => string): string {
  const parameters = plan.parameters.map((parameter, i) => {
    const value = defaultText(parameter);
    return `${parameter.name}: ${render(types.parameters[i] as PyType)}${value === undefined ? '' : ` = ${value}`}`;
  });
  return `${plan.name}(${parameters.join(', ')}) -> ${render(types.result)}`;
}

/** A buffer's type does not tell what numbers are in it, so only the last of several signatures takes one. */
function withoutBuffer(type: PyType): PyType {
  if (type.kind !== 'union') return type;
  return union(...type.of.filter((member) => member.kind !== 'name' || member.name !== 'Buffer'));
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
