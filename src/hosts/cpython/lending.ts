/** What of a call has to outlive it: what a result borrows from, and all that a lazy iterator goes on using. */

import { borrowForEver, lastingChange, unwritableLifetimes } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { borrowsForever, isLent, type Lending, lendingOf } from '../../interface/lifetimes.ts';
import { children, rustType } from '../../interface/rust.ts';
import type { Signature, Value } from '../../interface/types.ts';
import { isObject } from './conversions.ts';
import { isBoundToCall, isLazy, returned } from './parameters.ts';

/** What is lent; undefined when everything ends with the call. */
export function planLending(signature: Signature): Lending | undefined {
  const lending = lendingOf(signature);
  return isLazy(returned(signature.output)) ? lazyLending(signature, lending) : lending;
}

/** Nothing tells which arguments an iterator uses, so it keeps all that are borrowed. */
function lazyLending({ self, receiver, parameters }: Signature, lending: Lending | undefined): Lending | undefined {
  const lent = parameters.map(({ value }) => isBoundToCall(value));
  const isReceiverLent = receiver === 'shared' || receiver === 'exclusive';
  if (!lending && !isReceiverLent && !lent.includes(true)) return undefined;
  const elided = {
    lifetimes: [],
    receiver: self && rustType(self),
    parameters: parameters.map(({ value }) => rustType(value)),
    covariant: [],
    output: undefined,
  };
  const isWritten = self === undefined || elided.receiver !== undefined;
  return {
    receiver: isReceiverLent,
    parameters: lent,
    owing: lending?.owing ?? [],
    check: lending?.check ?? (isWritten ? elided : undefined),
  };
}

/** What outlives the call can be lent for reading; for changing only objects, which nobody else can use meanwhile, and which keep nothing of the others. */
export function refuseLending(signature: Signature): Message | undefined {
  const { self, receiver, parameters, output } = signature;
  // `impl Parser<'static>`: our objects cannot promise that.
  if (self && borrowsForever(self)) return borrowForEver({ type: "Self<'static>" });
  const forever = parameters.find(({ value }) => borrowsForever(value));
  if (forever) return borrowForEver({ type: rustType(forever.value) ?? "&'static" });
  const replaced = parameters.find(({ value }) => value.kind === 'inPlace' && isLent(value.element));
  if (replaced) return lastingChange({ parameter: replaced.name ?? '_' });
  const lending = lendingOf(signature);
  if (!lending || isLazy(returned(output))) return undefined;
  const isHeld = lending.receiver && receiver === 'exclusive';
  if (isHeld && lending.owing.includes(-1)) return lastingChange({ parameter: '&mut self' });
  const changed = parameters.find(
    ({ value }, i) => lending.parameters[i] && !canLast(value, lending.owing.includes(i)),
  );
  if (changed) return lastingChange({ parameter: changed.name ?? '_' });
  return lending.check ? undefined : unwritableLifetimes();
}

/** Whether Rust can go on looking at such an argument when the call is over. */
function canLast(value: Value, isOwing: boolean): boolean {
  if (value.kind === 'exclusive' && isObject(value.of)) return !isOwing;
  const isPassing = value.kind === 'exclusive' || value.kind === 'iterator' || value.kind === 'callback';
  return !isPassing && value.kind !== 'inPlace' && children(value).every((child) => canLast(child, isOwing));
}
