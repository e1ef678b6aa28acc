/** How a function's parameters and result go together: what a lazy result goes on using, and what comes out again beside the result. */

import { callbackBesideBorrow, exclusiveReference, iteratorType } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { borrows, children, rustType } from '../../interface/rust.ts';
import type { Parameter, Signature, Value } from '../../interface/types.ts';
import { isObject } from './conversions.ts';
import { iteratedItems, type RefuseOwn } from './refusals.ts';
import { viewed } from './views.ts';

type Taken = Pick<Signature, 'parameters' | 'output'>;

/**
 * A signature as the host takes it: an iterator type that is no class comes out as an iterator, whose callback it keeps; and while Rust may call back from other
 * threads, no memory of Python's is lent, which would keep the GIL.
 */
export function takenSignature({ parameters, output }: Taken, refuseClass: RefuseOwn): Taken {
  const given = viewed(iterated(output, refuseClass));
  const all = isLazy(returned(given))
    ? parameters.map(({ name, value }) => ({ name, value: kept(value) }))
    : parameters;
  const mayCallBack = all.some(({ value }) => value.kind === 'callback' && value.isKept);
  return {
    parameters: mayCallBack ? all.map(({ name, value }) => ({ name, value: copied(value) })) : all,
    output: given,
  };
}

function iterated(output: Value, refuseClass: RefuseOwn): Value {
  switch (output.kind) {
    case 'result':
      return { ...output, ok: iterated(output.ok, refuseClass) };
    case 'option':
      return { ...output, of: iterated(output.of, refuseClass) };
    case 'own':
      return output.items && refuseClass(output.item) ? { kind: 'iterator', form: 'result', of: output.items } : output;
    default:
      return output;
  }
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
export function returned(output: Value): Value {
  return output.kind === 'result' ? output.ok : output;
}

/** Whether the result is an iterator, which goes on using what it borrows from. */
export function isLazy(output: Value): boolean {
  return iteratedItems(output) !== undefined;
}

/** Whether the lowered value cannot outlive the call: for a lazy result it has to be lent. */
export function isBoundToCall(value: Value): boolean {
  if (value.kind === 'callback') return !value.isKept;
  return borrows(value) || value.kind === 'iterator' || children(value).some(isBoundToCall);
}

/** Whether memory of Python's is lent while another argument lets Rust run Python code, which could change it. */
export function isBesideCode({ parameters }: { readonly parameters: readonly { readonly value: Value }[] }): boolean {
  return parameters.some(({ value }) => lendsMemory(value)) && parameters.some(({ value }) => runsCode(value));
}

function lendsMemory(value: Value): boolean {
  switch (value.kind) {
    case 'inPlace':
      return true;
    case 'bytes':
    case 'sequence':
      return value.owner === 'slice' || value.owner === 'Cow' || children(value).some(lendsMemory);
    case 'callback':
      return false;
    default:
      return children(value).some(lendsMemory);
  }
}

function runsCode(value: Value): boolean {
  switch (value.kind) {
    case 'iterator':
    case 'callback':
    case 'stream':
    case 'hostObject':
      return true;
    default:
      return children(value).some(runsCode);
  }
}

/** Why parameters and result do not go together. */
export function refuseCombination(declared: readonly Parameter[], taken: Taken): Message | undefined {
  return refuseBlocked(declared) ?? refuseLazy(taken) ?? refuseNewValues(taken);
}

/** A callback from another thread needs the GIL, which stays held while something of Python's can change under Rust. */
function refuseBlocked(parameters: readonly Parameter[]): Message | undefined {
  const isKept = parameters.some(({ value }) => value.kind === 'callback' && value.isKept);
  const other = isKept ? parameters.find(({ value }) => keepsLock(value)) : undefined;
  return other && callbackBesideBorrow({ parameter: other.name ?? '_' });
}

function keepsLock(value: Value): boolean {
  if (value.kind === 'exclusive' || value.kind === 'pointer') return keepsLock(value.of);
  return value.kind === 'inPlace' || goesOn(value) || (value.kind === 'callback' && !value.isKept);
}

/** What is changed in place, or called, only during the call cannot be used by what is iterated later. */
function refuseLazy({ parameters, output }: Taken): Message | undefined {
  if (!isLazy(returned(output))) return undefined;
  const other = parameters.find(({ value }) => {
    const isChanged = value.kind === 'inPlace' || (value.kind === 'exclusive' && !isObject(value.of));
    return isChanged || (value.kind === 'callback' && !value.isKept);
  });
  return other && iteratorType({ type: 'Iterator' });
}

/** Whether Python sees what Rust does to it: an iterator, or a file. */
function goesOn({ kind }: Value): boolean {
  return kind === 'iterator' || kind === 'stream';
}

/** Whether it is a `&mut` parameter of a value that Python cannot change, such as `&mut String`: the new value comes out beside the result. */
export function comesOut(value: Value): value is Extract<Value, { kind: 'exclusive' }> {
  return value.kind === 'exclusive' && !isObject(value.of) && !goesOn(value.of);
}

/** What a caller gets: the function's result and the new values, `(result, text)`, or `text` alone where there is no result. */
export function callResult({
  output,
  parameters,
}: {
  readonly output: Value;
  readonly parameters: readonly { readonly value: Value }[];
}): Value {
  const news = parameters.flatMap(({ value }) => (comesOut(value) ? [value.of] : []));
  const all = output.kind === 'unit' ? news : [output, ...news];
  const [only] = all;
  if (news.length === 0 || only === undefined) return output;
  return all.length === 1 ? only : { kind: 'tuple', elements: all };
}

/** What has to be lifted beside new values cannot borrow from them, and an iterator or a callback has to be all there is. */
function refuseNewValues({ parameters, output }: Taken): Message | undefined {
  const changed = parameters.find(({ value }) => comesOut(value));
  const own = returned(output);
  const isAlone = !borrows(own) && !isLazy(own) && own.kind !== 'never';
  return changed === undefined || isAlone ? undefined : exclusiveReference({ type: rustType(changed.value) ?? '&mut' });
}
