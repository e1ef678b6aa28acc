/** Functions of the crate as functions of the module. */

import {
  asyncFunction,
  borrowForEver,
  constGenericFunction,
  genericFunction,
  targetFeature,
  unsafeFunction,
  variadicFunction,
} from '../../diagnostics/catalogue.ts';
import type { Diagnostic, Message } from '../../diagnostics/diagnostic.ts';
import type { Lending } from '../../interface/lifetimes.ts';
import { borrows, children, countBorrows, rustPath, rustType, typePath } from '../../interface/rust.ts';
import type {
  ErrorValue,
  FunctionItem,
  Method,
  Parameter,
  Path,
  Receiver,
  Signature,
  Value,
} from '../../interface/types.ts';
import { iteratedItems, refuseArgument, refuseError, type RefuseOwn, refuseResult } from './refusals.ts';
import type { ParameterDefault, ParameterDefaults } from './defaults.ts';
import { planLending, refuseLending } from './lending.ts';
import { parameterNames } from './names.ts';
import { refuseCombination, returned, takenSignature } from './parameters.ts';

export interface FunctionPlan {
  /** In Python. */
  readonly name: string;
  /** In Rust. */
  readonly path: Path;
  /** What code calls: the path, or `<::demo::Circle as ::demo::Shape>::area`. */
  readonly callee: string;
  readonly docs: string;
  readonly deprecated: string | undefined;
  readonly parameters: readonly ParameterPlan[];
  /** What the function gives: the `Ok` half of a `Result`. */
  readonly output: Value;
  readonly error: ErrorValue | undefined;
  /** The function's type for the typed assertion; undefined where it cannot be written. */
  readonly pointerType: string | undefined;
  /** What of a call outlives it. */
  readonly lending: Lending | undefined;
  /** `::<f64>`, where the arguments do not tell; else empty. */
  readonly turbofish: string;
  /** Type variables that the function itself has, not its class. */
  readonly variables: readonly string[];
  /** Other instantiations of the same function, tried after this one. */
  readonly alternatives: readonly FunctionPlan[];
}

export interface ParameterPlan {
  readonly name: string;
  readonly value: Value;
  readonly default: ParameterDefault | undefined;
}

/** What becomes of the crate's own types. */
export interface OwnTypes {
  /** Why a type is no class; undefined when it is one. */
  readonly refuseClass: RefuseOwn;
  /** Why a type is no exception class; undefined when it is one. */
  readonly refuseError: RefuseOwn;
}

/** Why a function cannot be bound; undefined when it can. */
export function refuseFunction(signature: Signature, types: OwnTypes): Message | undefined {
  const { qualifiers, generics } = signature;
  const { parameters, output } = takenSignature(signature, types.refuseClass);
  if (qualifiers.unsafe) return unsafeFunction();
  if (qualifiers.async) return asyncFunction();
  if (qualifiers.variadic) return variadicFunction();
  if (qualifiers.targetFeature) return targetFeature();
  if (generics.staticLifetimes) return borrowForEver({ type: "&'a" });
  const refusals = parameters.map((parameter, i) => refuseParameter(parameter, i, types));
  // What rules out a type whatever its parameters are says more than that there are parameters.
  const definite = refusals.find((refusal, i) => refusal && !dependsOnParameters(parameters[i]?.value));
  if (definite) return definite;
  const combined = refuseCombination(signature.parameters, { parameters, output });
  if (combined) return combined;
  if (generics.types.length > 0) return genericFunction({ parameters: generics.types.join(', ') });
  if (generics.constants.length > 0) return constGenericFunction({ parameters: generics.constants.join(', ') });
  const lent = refuseLending({ ...signature, parameters, output });
  if (lent) return lent;
  return refusals.find((refusal) => refusal !== undefined) ?? refuseOutput(output, types);
}

function refuseParameter({ name, value }: Parameter, index: number, types: OwnTypes): Message | undefined {
  const refusal = refuseArgument(value, types.refuseClass);
  return refusal && { ...refusal, message: `parameter \`${name ?? index + 1}\`: ${refusal.message}` };
}

function dependsOnParameters(value: Value | undefined): boolean {
  if (value?.kind === 'unsupported') return value.cause === 'generic' || value.cause === 'const-generic';
  return value !== undefined && children(value).some(dependsOnParameters);
}

/** Why a result cannot be given; undefined when it can. */
export function refuseOutput(output: Value, types: OwnTypes): Message | undefined {
  const errors = [output, iteratedItems(returned(output))].flatMap((value) =>
    value?.kind === 'result' ? [value.error] : [],
  );
  const refusals = [
    refuseResult(output, types.refuseClass),
    ...errors.map((error) => refuseError(error, types.refuseError, types.refuseClass)),
  ];
  const refusal = refusals.find((message) => message !== undefined);
  return refusal && { ...refusal, message: `result: ${refusal.message}` };
}

/**
 * Plans a function, and those of its other instantiations that can be bound.
 *
 * @param types what becomes of the crate's own types
 */
export function planFunction(
  item: FunctionItem | Method,
  name: string,
  { defaults, types, report }: FunctionSettling,
): FunctionPlan {
  const { parameters, output } = takenSignature(item.signature, types.refuseClass);
  const names = parameterNames(parameters.map((parameter) => parameter.name));
  const chosen = defaults.choose(item, names, report);
  const plan: FunctionPlan = {
    name,
    path: item.path,
    callee: calleeOf(item),
    docs: item.docs,
    deprecated: item.deprecated,
    parameters: parameters.map(({ value }, i) => ({ name: names[i] ?? '', value, default: chosen[i] })),
    output: returned(output),
    error: output.kind === 'result' ? output.error : undefined,
    pointerType: pointerType(item),
    lending: planLending({ ...item.signature, parameters, output }),
    turbofish: turbofish(item.signature),
    variables: item.signature.hostParameters,
    alternatives: [],
  };
  const others = item.alternatives.filter((signature) => refuseFunction(signature, types) === undefined);
  const settling = { defaults, types, report };
  return tryable([
    plan,
    ...others.map((signature) => planFunction({ ...item, signature, alternatives: [] }, name, settling)),
  ]);
}

/** One plan of several, which are tried in turn. What is made to last is so only in the last, which all arguments are for. */
export function tryable([first, ...others]: readonly [FunctionPlan, ...FunctionPlan[]]): FunctionPlan {
  const lasting = [first, ...others].find(({ lending }) => lending);
  const all = [first, ...others].filter(({ lending }) => !lending);
  const [chosen = first, ...alternatives] = lasting ? [...all, lasting] : all;
  return { ...chosen, alternatives };
}

function calleeOf(item: FunctionItem | Method): string {
  return (item.kind === 'method' ? item.callee : undefined) ?? rustPath(item.path);
}

/** What planning a function needs besides it. */
export interface FunctionSettling {
  readonly defaults: ParameterDefaults;
  readonly types: OwnTypes;
  readonly report: (problem: Diagnostic) => void;
}

function turbofish({ instantiation }: Signature): string {
  if (instantiation.length === 0) return '';
  return `::<${instantiation.map((value) => (value && rustType(value)) ?? '_').join(', ')}>`;
}

/**
 * `fn(&str) -> u64`. Elision has to mean what the function means: a borrowed result with one borrowed parameter, or with none (then it is `'static`).
 */
function pointerType(item: FunctionItem | Method): string | undefined {
  const { path, signature } = item;
  if (calleeOf(item) !== rustPath(path)) return undefined;
  const { receiver, parameters, output, qualifiers, generics } = signature;
  if (generics.boundLifetimes || parameters.some(({ value }) => isDyn(value))) return undefined;
  const inputs = [...receiverTypes(receiver, path), ...parameters.map(({ value }) => rustType(value))];
  const result = rustType(output);
  if (result === undefined || inputs.includes(undefined)) return undefined;
  const isBorrowedSelf = receiver === 'shared' || receiver === 'exclusive';
  const borrowed = parameters.reduce((sum, { value }) => sum + countBorrows(value), Number(isBorrowedSelf));
  if ((generics.lifetimes.length > 0 || borrows(output)) && borrowed > 1) return undefined;
  if (qualifiers.abi === undefined) return undefined;
  const abi = qualifiers.abi === 'Rust' ? '' : `extern "${qualifiers.abi}" `;
  const shown = borrowed === 0 ? staticBorrow(result) : result;
  return `${abi}fn(${inputs.join(', ')})${output.kind === 'unit' ? '' : ` -> ${shown}`}`;
}

/** `&mut dyn Read`, for which the value is of a type of the runtime. */
function isDyn(value: Value): boolean {
  return value.kind === 'stream' || children(value).some(isDyn);
}

function receiverTypes(receiver: Receiver | undefined, path: Path): readonly string[] {
  const type = typePath(path.slice(0, -1));
  switch (receiver) {
    case undefined:
    case 'other':
      return [];
    case 'owned':
      return [type];
    case 'shared':
      return [`&${type}`];
    case 'exclusive':
      return [`&mut ${type}`];
  }
}

function staticBorrow(type: string): string {
  return type.replaceAll(/&(?!')/g, "&'static ").replaceAll("'_", "'static");
}
