/** Functions of the crate as functions of the module. */

import {
  asyncFunction,
  borrowForEver,
  callbackBesideBorrow,
  constGenericFunction,
  exclusiveReference,
  genericFunction,
  iteratorType,
  lastingChange,
  targetFeature,
  unsafeFunction,
  unwritableLifetimes,
  variadicFunction,
} from '../../diagnostics/catalogue.ts';
import type { Diagnostic, Message } from '../../diagnostics/diagnostic.ts';
import { borrowsForever, type Lending, lendingOf } from '../../interface/lifetimes.ts';
import { borrows, children, countBorrows, rustPath, rustType } from '../../interface/rust.ts';
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
import { isObject } from './conversions.ts';
import { refuseArgument, refuseError, type RefuseOwn, refuseResult } from './refusals.ts';
import type { ParameterDefault, ParameterDefaults } from './defaults.ts';
import { parameterNames } from './names.ts';

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
  const { receiver, qualifiers, generics, output } = signature;
  const parameters = takenParameters(signature);
  if (qualifiers.unsafe) return unsafeFunction();
  if (qualifiers.async) return asyncFunction();
  if (qualifiers.variadic) return variadicFunction();
  if (qualifiers.targetFeature) return targetFeature();
  if (generics.staticLifetimes) return borrowForEver({ type: "&'a" });
  const refusals = parameters.map((parameter, i) => refuseParameter(parameter, i, types));
  // What rules out a type whatever its parameters are says more than that there are parameters.
  const definite = refusals.find((refusal, i) => refusal && !dependsOnParameters(parameters[i]?.value));
  if (definite) return definite;
  const blocked = blockedCallback(signature.parameters) ?? refuseNewValues(signature, parameters);
  if (blocked) return blocked;
  if (generics.types.length > 0) return genericFunction({ parameters: generics.types.join(', ') });
  if (generics.constants.length > 0) return constGenericFunction({ parameters: generics.constants.join(', ') });
  const lent = refuseLending(signature);
  if (lent) return lent;
  const borrowed = receiver === 'shared' || receiver === 'exclusive' || parameters.some(({ value }) => borrows(value));
  if (borrowed && returned(output).kind === 'iterator') return iteratorType({ type: 'impl Iterator' });
  return refusals.find((refusal) => refusal !== undefined) ?? refuseOutput(output, types);
}

/**
 * Parameters as they are taken: what a lazy iterator goes on using has to own its data, and while Rust may call back from other threads, no memory of Python's is
 * lent, which would keep the GIL.
 */
function takenParameters({ parameters, output }: Signature): readonly Parameter[] {
  const isLazy = returned(output).kind === 'iterator';
  const taken = parameters.map(({ name, value }) => ({ name, value: isLazy ? kept(value) : value }));
  return taken.some(({ value }) => value.kind === 'callback' && value.isKept)
    ? taken.map(({ name, value }) => ({ name, value: copied(value) }))
    : taken;
}

/** What outlives the call can be lent for reading only. */
function refuseLending(signature: Signature): Message | undefined {
  const { self, receiver, parameters } = signature;
  // `impl Parser<'static>`: our objects cannot promise that.
  if (self && borrowsForever(self)) return borrowForEver({ type: "Self<'static>" });
  const lending = lendingOf(signature);
  if (!lending) return undefined;
  if (lending.receiver && receiver === 'exclusive') return lastingChange({ parameter: '&mut self' });
  const changed = parameters.find(({ value }, i) => lending.parameters[i] && !canLast(value));
  if (changed) return lastingChange({ parameter: changed.name ?? '_' });
  return lending.check ? undefined : unwritableLifetimes();
}

/** Whether Rust can go on looking at such an argument when the call is over. */
function canLast(value: Value): boolean {
  const isPassing = value.kind === 'exclusive' || value.kind === 'iterator' || value.kind === 'callback';
  return !isPassing && value.kind !== 'inPlace' && children(value).every(canLast);
}

/** A callback from another thread needs the GIL, which stays held while something of Python's can change under Rust. */
function blockedCallback(parameters: readonly Parameter[]): Message | undefined {
  const isKept = parameters.some(({ value }) => value.kind === 'callback' && value.isKept);
  const other = isKept ? parameters.find(({ value }) => keepsLock(value)) : undefined;
  return other && callbackBesideBorrow({ parameter: other.name ?? '_' });
}

function keepsLock(value: Value): boolean {
  return value.kind === 'inPlace' || value.kind === 'iterator' || (value.kind === 'callback' && !value.isKept);
}

function kept(value: Value): Value {
  return value.kind === 'callback' && value.form === 'value' ? { ...value, isKept: true } : value;
}

/** `&[T]` as a copy that is lent. */
function copied(value: Value): Value {
  const isSlice = (value.kind === 'bytes' || value.kind === 'sequence') && value.owner === 'slice';
  return isSlice ? { kind: 'reference', of: { ...value, owner: 'Vec' } } : value;
}

/** The value of a `Result`, or the value itself. */
function returned(output: Value): Value {
  return output.kind === 'result' ? output.ok : output;
}

function refuseParameter({ name, value }: Parameter, index: number, types: OwnTypes): Message | undefined {
  const refusal = refuseArgument(value, types.refuseClass);
  return refusal && { ...refusal, message: `parameter \`${name ?? index + 1}\`: ${refusal.message}` };
}

function dependsOnParameters(value: Value | undefined): boolean {
  if (value?.kind === 'unsupported') return value.cause === 'generic' || value.cause === 'const-generic';
  return value !== undefined && children(value).some(dependsOnParameters);
}

function refuseOutput(output: Value, { refuseClass, refuseError: refuseOwn }: OwnTypes): Message | undefined {
  const refusal =
    refuseResult(output, refuseClass) ?? (output.kind === 'result' ? refuseError(output.error, refuseOwn) : undefined);
  return refusal && { ...refusal, message: `result: ${refusal.message}` };
}

/**
 * Plans a function, and those of its other instantiations that can be bound.
 *
 * @param types what becomes of the crate's own types
 */
/** Whether it is a `&mut` parameter of a value that Python cannot change, such as `&mut String`: the new value comes out beside the result. */
export function comesOut(value: Value): value is Extract<Value, { kind: 'exclusive' }> {
  return value.kind === 'exclusive' && !isObject(value.of) && value.of.kind !== 'iterator';
}

/** What a caller gets: the function's result and the new values, `(result, text)`, or `text` alone where there is no result. */
export function callResult({ output, parameters }: Pick<FunctionPlan, 'output' | 'parameters'>): Value {
  const news = parameters.flatMap(({ value }) => (comesOut(value) ? [value.of] : []));
  const all = output.kind === 'unit' ? news : [output, ...news];
  const [only] = all;
  if (news.length === 0 || only === undefined) return output;
  return all.length === 1 ? only : { kind: 'tuple', elements: all };
}

/** What has to be lifted beside new values cannot borrow from them, and an iterator or a callback has to be all there is. */
function refuseNewValues({ output }: Signature, parameters: readonly Parameter[]): Message | undefined {
  const changed = parameters.find(({ value }) => comesOut(value));
  const own = returned(output);
  const isAlone = !borrows(own) && own.kind !== 'iterator' && own.kind !== 'never';
  return changed === undefined || isAlone ? undefined : exclusiveReference({ type: rustType(changed.value) ?? '&mut' });
}

export function planFunction(
  item: FunctionItem | Method,
  name: string,
  { defaults, types, report }: FunctionSettling,
): FunctionPlan {
  const { output } = item.signature;
  const parameters = takenParameters(item.signature);
  const others = item.alternatives.filter((signature) => refuseFunction(signature, types) === undefined);
  const names = parameterNames(parameters.map((parameter) => parameter.name));
  const chosen = defaults.choose(item, names, report);
  return {
    name,
    path: item.path,
    callee: calleeOf(item),
    docs: item.docs,
    deprecated: item.deprecated,
    parameters: parameters.map(({ value }, i) => ({ name: names[i] ?? '', value, default: chosen[i] })),
    output: returned(output),
    error: output.kind === 'result' ? output.error : undefined,
    pointerType: pointerType(item),
    lending: lendingOf(item.signature),
    turbofish: turbofish(item.signature),
    alternatives: others.map((signature) =>
      planFunction({ ...item, signature, alternatives: [] }, name, { defaults, types, report }),
    ),
  };
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
  if (generics.boundLifetimes) return undefined;
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

function receiverTypes(receiver: Receiver | undefined, path: Path): readonly string[] {
  const type = rustPath(path.slice(0, -1));
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
