/** Why a value does not cross: what the table of conversions has no row for, or not in that place. */

import {
  borrowedResult,
  borrowForEver,
  callbackLends,
  callbackParameter,
  constGeneric,
  exclusiveReference,
  foreignType,
  genericType,
  hasherWithoutDefault,
  hiddenType,
  inPlaceElsewhere,
  iteratorType,
  nestedOption,
  otherVersion,
  pointerType,
  resultArgument,
  sliceOfObjects,
  traitObject,
  unhashableKey,
  unsupportedError,
  unsupportedType,
  wideTuple,
} from '../../diagnostics/catalogue.ts';
import { WELL_KNOWN } from './well-known.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { hasLifetimes, isLent, lifetimeNames } from '../../interface/lifetimes.ts';
import { borrows, children, rustType } from '../../interface/rust.ts';
import type { ErrorValue, ItemKey, Value } from '../../interface/types.ts';
import { isObject, isOwn, isThrown } from './conversions.ts';

type Of<K extends Value['kind']> = Extract<Value, { kind: K }>;

/** Why a type of the crate cannot cross; undefined when it is a class. */
export type RefuseOwn = (item: ItemKey) => Message | undefined;

/** Why `value` cannot be a parameter; undefined when it can. */
export function refuseArgument(value: Value, own: RefuseOwn): Message | undefined {
  if (value.kind === 'inPlace') return refuseNestedArgument(value.element, own);
  if (value.kind === 'iterator') return refuseIterable(value, own);
  if (value.kind === 'callback') return refuseCallback(value, own);
  if (value.kind === 'exclusive') return refuseChanged(value, own);
  return refuseNestedArgument(value, own);
}

/** Why `value` cannot be a result; undefined when it can. */
export function refuseResult(value: Value, own: RefuseOwn): Message | undefined {
  const returned = value.kind === 'result' ? value.ok : value;
  const items = iteratedItems(returned);
  // An item that is an `Err` is raised when it comes.
  if (items) return refuseNestedResult(items.kind === 'result' ? items.ok : items, own);
  if (returned.kind === 'shown') return undefined;
  return refuseNestedResult(returned, own);
}

/** What a lazy result gives, one after the other; undefined when it is another result. */
export function iteratedItems(output: Value): Value | undefined {
  const value = output.kind === 'option' ? output.of : output;
  return value.kind === 'iterator' ? value.of : undefined;
}

/** An object is changed where it is; of anything else the new value comes out. */
function refuseChanged({ of }: Of<'exclusive'>, own: RefuseOwn): Message | undefined {
  if (of.kind === 'iterator') return refuseIterable(of, own);
  if (isObject(of)) return own(of.item);
  if (of.kind === 'stream') return undefined;
  return refuseNestedArgument(of, own) ?? refuseNestedResult(of, own);
}

/** A type that is an iterator cannot be made of an iterable. */
function refuseIterable({ form, of }: Of<'iterator'>, own: RefuseOwn): Message | undefined {
  return form === 'result' ? iteratorType({ type: 'Iterator' }) : refuseNestedArgument(of, own);
}

/** What goes to a callback is a result of ours, and what comes back an argument. */
function refuseCallback(value: Of<'callback'>, own: RefuseOwn): Message | undefined {
  for (const argument of value.arguments) {
    if (isLent(argument)) return callbackLends({ type: rustType(argument) ?? '_' });
    const refusal = argument.kind === 'unit' ? unsupportedType({ type: '()' }) : refuseNestedResult(argument, own);
    if (refusal) return refusal;
  }
  if (value.arguments.length > MOST_CALLBACK_ARGUMENTS) return callbackParameter({ type: rustOf(value) });
  const result = value.result.kind === 'result' ? value.result.ok : value.result;
  if (result.kind === 'unit') return undefined;
  // What a callable gives lives as long as the call: Rust may want it for longer when it keeps the callback, or as long as an argument of it.
  if (hasLifetimes(result)) return callbackParameter({ type: rustOf(value) });
  const outlives = borrows(result) && (value.isKept || mayBorrow(result, value.arguments));
  if (result.kind === 'never' || outlives) return callbackParameter({ type: rustOf(value) });
  return refuseNestedArgument(result, own);
}

/** Whether a result borrows from an argument, for whatever time that is: not when it has a lifetime of its own. */
function mayBorrow(result: Value, given: readonly Value[]): boolean {
  const names = lifetimeNames(result);
  const others = new Set(given.flatMap(lifetimeNames));
  const isNamed = names.length > 0 && names.every((name) => name !== "'_" && !others.has(name));
  return !isNamed && given.some(borrows);
}

/** As many as the runtime has. */
const MOST_CALLBACK_ARGUMENTS = 6;

/** `impl Fn(i64) -> bool`, for a person. */
function rustOf({ arguments: taken, result }: Of<'callback'>): string {
  const output = result.kind === 'unit' ? '' : ` -> ${rustType(result) ?? '_'}`;
  return `impl Fn(${taken.map((argument) => rustType(argument) ?? '_').join(', ')})${output}`;
}

function refuseNestedArgument(value: Value, own: RefuseOwn): Message | undefined {
  const rust = rustType(value) ?? 'Result';
  switch (value.kind) {
    case 'inPlace':
      return inPlaceElsewhere({ type: rust });
    case 'result':
      return resultArgument();
    case 'unit':
      return unsupportedType({ type: '()' });
    case 'map':
      return refuseEach(value, own, refuseNestedArgument);
    case 'sequence':
      return refuseSlice(value) ?? refuseEach(value, own, refuseNestedArgument);
    default:
      return refuseCommon(value, own) ?? refuseEach(value, own, refuseNestedArgument);
  }
}

function refuseNestedResult(value: Value, own: RefuseOwn): Message | undefined {
  switch (value.kind) {
    case 'inPlace':
      return exclusiveReference({ type: rustType(value) ?? '&mut' });
    case 'result':
      return refuseNestedResult(value.ok, own) ?? refuseError(value.error, own);
    case 'map':
      return refuseKey(value.key) ?? refuseEach(value, own, refuseNestedResult);
    case 'set':
      return refuseKey(value.element) ?? refuseEach(value, own, refuseNestedResult);
    case 'view':
      return refuseCommon(value.of, own);
    case 'wellKnown':
      return refuseWellKnown(value) ?? refuseEach(value, own, refuseNestedResult);
    default:
      return refuseLent(value) ?? refuseCommon(value, own) ?? refuseEach(value, own, refuseNestedResult);
  }
}

/** What is lent out of another object, or shared with others, has to be copied with all that it contains. */
function refuseLent(value: Value): Message | undefined {
  if (value.kind === 'reference' && isThrown(value.of)) return undefined;
  const isShared = value.kind === 'reference' || (value.kind === 'pointer' && value.owner !== 'Box');
  const stuck = isShared ? uncopyable(value.of) : undefined;
  return stuck && borrowedResult({ type: stuck.item });
}

function uncopyable(value: Value): Of<'own'> | undefined {
  if (isOwn(value)) return value.clone ? undefined : value;
  return children(value)
    .map(uncopyable)
    .find((found) => found !== undefined);
}

/** Elements of a slice are lent, so they cannot be moved out of their objects. */
function refuseSlice({ owner, element }: Of<'sequence'>): Message | undefined {
  const isMoved = owner === 'slice' && (isObject(element) || isThrown(element)) && !element.clone;
  return isMoved ? sliceOfObjects({ type: `&[${element.item}]` }) : undefined;
}

function refuseCommon(value: Value, own: RefuseOwn): Message | undefined {
  switch (value.kind) {
    case 'exclusive':
      // The file itself is in Python.
      if (value.of.kind === 'stream') return undefined;
      return refuseEach(value, own, refuseCommon) ?? exclusiveReference({ type: rustType(value) ?? '&mut' });
    case 'iterator':
      return iteratorType({ type: 'impl Iterator' });
    case 'callback':
      return callbackParameter({ type: rustOf(value) });
    case 'shown':
      return genericType({ type: 'impl Display' });
    case 'own':
      return own(value.item);
    case 'unsupported':
      return refuseUnsupported(value);
    case 'option':
      return value.of.kind === 'option' ? nestedOption({ type: rustType(value) ?? 'Option<Option<_>>' }) : undefined;
    case 'wrapping':
    case 'range':
      return value.of.kind === 'int' ? undefined : unsupportedType({ type: rustType(value) ?? value.kind });
    case 'tuple':
      return value.elements.length > 12 ? wideTuple({ count: value.elements.length }) : undefined;
    default:
      return undefined;
  }
}

function refuseUnsupported({ rust, cause }: Of<'unsupported'>): Message {
  switch (cause) {
    case 'generic':
    case 'impl-trait':
      return genericType({ type: rust });
    case 'callback':
      return callbackParameter({ type: rust });
    case 'iterator':
      return iteratorType({ type: rust });
    case 'trait-object':
      return traitObject({ type: rust });
    case 'raw-pointer':
    case 'function-pointer':
      return pointerType({ type: rust });
    case 'foreign-type':
      return foreignType({ type: rust });
    case 'other-version':
      return otherVersion({ type: rust });
    case 'hidden-type':
      return hiddenType({ type: rust });
    case 'const-generic':
      return constGeneric({ type: rust });
    case 'static-borrow':
      return borrowForEver({ type: rust });
    case 'hasher':
      return hasherWithoutDefault({ type: rust });
    case 'other':
      return unsupportedType({ type: rust });
  }
}

function refuseEach(
  value: Value,
  own: RefuseOwn,
  refuse: (value: Value, own: RefuseOwn) => Message | undefined,
): Message | undefined {
  for (const child of children(value)) {
    const message = refuse(child, own);
    if (message) return message;
  }
  return undefined;
}

/** Maps and sets have keys. */
function refuseWellKnown(value: Of<'wellKnown'>): Message | undefined {
  const [key] = value.arguments;
  return WELL_KNOWN[value.type].hasKeys && key ? refuseKey(key) : undefined;
}

/** A key that Python could not hash. */
function refuseKey(key: Value): Message | undefined {
  if (isHashable(key)) return undefined;
  return unhashableKey({ type: rustType(key) ?? key.kind });
}

function isHashable(value: Value): boolean {
  switch (value.kind) {
    case 'sequence':
    case 'array':
    case 'map':
    case 'set':
      return false;
    case 'wellKnown':
      return WELL_KNOWN[value.type].isHashable !== false && children(value).every(isHashable);
    default:
      return children(value).every(isHashable);
  }
}

/** Why an error cannot be raised; undefined when it can. */
export function refuseError(
  error: ErrorValue,
  refuseOwn: RefuseOwn,
  refuseClass: RefuseOwn = refuseOwn,
): Message | undefined {
  switch (error.kind) {
    case 'unsupported':
      return unsupportedError({ type: error.rust });
    case 'own':
      return refuseOwn(error.item);
    case 'value':
      return borrows(error.of)
        ? unsupportedError({ type: rustType(error.of) ?? '_' })
        : refuseResult(error.of, refuseClass);
    default:
      return undefined;
  }
}
