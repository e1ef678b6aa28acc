/**
 * Which of the crate's types are errors, and what follows from that for all values of them.
 *
 * A type is an error when it implements `std::error::Error`, or when a function fails with it. What a function gives back because it could not use it
 * (`fn into_text(self) -> Result<String, Value>`) does not make a type an error: there it is a value.
 */

import { borrows, children } from './rust.ts';
import type { ErrorValue, Item, ItemKey, Signature, Value } from './types.ts';

/** Items whose values say which of them are errors. */
export interface SettledItems {
  readonly items: ReadonlyMap<ItemKey, Item>;
  readonly errors: ReadonlySet<ItemKey>;
  readonly takenErrors: ReadonlySet<ItemKey>;
}

/** Finds the errors among the items, and marks their values. */
export function settleErrors(items: ReadonlyMap<ItemKey, Item>): SettledItems {
  const all = [...items].flatMap(([key, item]) => usesOf(key, item));
  const errors = new Set([
    ...[...items].flatMap(([key, item]) => (isDeclared(item) ? [key] : [])),
    ...all.flatMap(raised),
    ...[...items].flatMap(([key, item]) => conversionErrors(key, item)),
  ]);
  const taken = new Set(all.flatMap(({ signature, self }) => [...ownItems(signature), ...receiver(signature, self)]));
  return {
    items: errors.size === 0 ? items : (settled(items, errors) as ReadonlyMap<ItemKey, Item>),
    errors,
    takenErrors: new Set([...errors].filter((key) => taken.has(key))),
  };
}

/** A signature, and the type whose method it is. */
interface Use {
  readonly signature: Signature;
  readonly self: ItemKey | undefined;
}

function usesOf(key: ItemKey, item: Item): readonly Use[] {
  const each = (functions: readonly { signature: Signature; alternatives: readonly Signature[] }[], self?: ItemKey) =>
    functions.flatMap(({ signature, alternatives }) =>
      [signature, ...alternatives].map((one) => ({ signature: one, self })),
    );
  switch (item.kind) {
    case 'function':
      return each([item]);
    case 'struct':
    case 'enum':
    case 'union':
      return each([...item.type.methods, ...item.type.implementations.flatMap(({ methods }) => methods)], key);
    case 'trait':
      return each([...item.methods, ...item.extensions.flatMap(({ functions }) => functions)]);
    default:
      return [];
  }
}

function isDeclared(item: Item): boolean {
  return (item.kind === 'struct' || item.kind === 'enum') && item.type.traits.has('core::error::Error');
}

/** What the function fails with, unless that is what it was given. */
function raised({ signature, self }: Use): readonly ItemKey[] {
  const given = new Set([...ownItems(signature), ...receiver(signature, self), ...ownIn(returned(signature.output))]);
  return failures(signature.output).filter((key) => !given.has(key));
}

function failures(value: Value): readonly ItemKey[] {
  const own = value.kind === 'result' ? ownError(value.error) : undefined;
  return [...(own ? [own.item] : []), ...children(value).flatMap(failures)];
}

/** `FromStr::Err`, `TryFrom::Error`. */
function conversionErrors(key: ItemKey, item: Item): readonly ItemKey[] {
  if (item.kind !== 'struct' && item.kind !== 'enum') return [];
  return item.type.implementations.flatMap(({ trait, errors, arguments: given }) => {
    const name = CONVERSIONS[trait];
    const error = name === undefined ? undefined : errors.get(name);
    const own = error && ownError(error);
    return own && ![key, ...given.flatMap(ownIn)].includes(own.item) ? [own.item] : [];
  });
}

const CONVERSIONS: Readonly<Record<string, string>> = {
  'core::str::traits::FromStr': 'Err',
  'core::convert::TryFrom': 'Error',
};

function ownItems({ parameters }: Signature): readonly ItemKey[] {
  return parameters.flatMap(({ value }) => ownIn(value));
}

function ownIn(value: Value): readonly ItemKey[] {
  return [...(value.kind === 'own' ? [value.item] : []), ...children(value).flatMap(ownIn)];
}

function returned(output: Value): Value {
  return output.kind === 'result' ? output.ok : output;
}

function receiver(signature: Signature, self: ItemKey | undefined): readonly ItemKey[] {
  return signature.receiver !== undefined && self !== undefined ? [self] : [];
}

/** The own type of an error that was read as a value, also behind a pointer. */
function ownError(error: ErrorValue): Extract<Value, { kind: 'own' }> | undefined {
  if (error.kind !== 'value') return undefined;
  const value = error.of.kind === 'pointer' ? error.of.of : error.of;
  return value.kind === 'own' ? value : undefined;
}

/** The same data, in which values and failures of error types say so. */
function settled(node: unknown, errors: ReadonlySet<ItemKey>): unknown {
  const visit = (child: unknown): unknown => settled(child, errors);
  if (Array.isArray(node)) return node.map(visit);
  if (node instanceof Map) return new Map([...node].map(([key, value]) => [key, visit(value)]));
  if (node === null || typeof node !== 'object' || node instanceof Set) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, visit(value)]));
  if (isValue(copy)) return errors.has(copy.item) ? { ...copy, form: 'error' } : copy;
  const own = isFailure(copy) ? ownError(copy) : undefined;
  return own && errors.has(own.item) ? raisedAs(copy as FailureOfValue, own) : copy;
}

type FailureOfValue = Extract<ErrorValue, { kind: 'value' }>;

function isValue(node: object): node is Extract<Value, { kind: 'own' }> {
  return 'kind' in node && node.kind === 'own' && 'form' in node;
}

function isFailure(node: object): node is FailureOfValue {
  return 'kind' in node && node.kind === 'value' && 'of' in node;
}

function raisedAs({ of }: FailureOfValue, own: Extract<Value, { kind: 'own' }>): ErrorValue {
  const { item, arguments: given, lifetimes } = own;
  return {
    kind: 'own',
    item,
    arguments: given,
    ...(lifetimes && { lifetimes }),
    ...(of.kind === 'pointer' && { pointer: of.owner }),
  };
}

/** Whether a value can leave the call, as that of an error does. */
export function isFree(value: Value): boolean {
  switch (value.kind) {
    case 'unit':
    case 'never':
    case 'iterator':
    case 'callback':
    case 'result':
    case 'unsupported':
      return false;
    default:
      return !borrows(value) && children(value).every(isFree);
  }
}
