/** Bounds of `Fn`, `FnMut` and `FnOnce` as a callback: `impl Fn(&str) -> bool + Send`, `dyn FnMut(i64)`. */

import type { RustdocBound, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import type { CallbackForm, Value } from './types.ts';

/** What the reading of bounds needs to know. */
export interface BoundsSource {
  readonly definitionOf: (path: RustdocPath) => string | undefined;
  readonly read: (type: RustdocType) => Value;
}

type DynTrait = NonNullable<Exclude<RustdocType, 'infer'>['dyn_trait']>;

/** The callback that these bounds ask for; undefined when they ask for something else, or for more. */
export function callbackValue(
  bounds: readonly RustdocBound[],
  form: CallbackForm,
  { definitionOf, read }: BoundsSource,
): Value | undefined {
  const traits = bounds.flatMap(({ trait_bound: bound }) =>
    bound ? [{ definition: definitionOf(bound.trait) ?? '', call: bound.trait.args?.parenthesized }] : [],
  );
  const [callback, ...others] = traits.filter(({ definition }) => !BESIDE.has(definition));
  if (!callback?.call || others.length > 0 || !CALLBACKS.has(callback.definition)) return undefined;
  const names = new Set(traits.map(({ definition }) => definition));
  const isKept =
    bounds.some(({ outlives }) => outlives === "'static") ||
    names.has('core::marker::Send') ||
    names.has('core::marker::Sync');
  // What Rust keeps owns its callable, so it cannot be copied bit by bit.
  if (isKept && names.has('core::marker::Copy')) return undefined;
  const { inputs, output } = callback.call;
  return {
    kind: 'callback',
    form,
    arguments: inputs.map(read),
    result: output === null ? { kind: 'unit' } : read(output),
    isKept,
  };
}

/** As {@link callbackValue}, for a trait object behind a pointer or a reference. */
export function dynCallback(
  { traits, lifetime }: DynTrait,
  form: Exclude<CallbackForm, 'value'>,
  source: BoundsSource,
): Value | undefined {
  const isReference = form === 'reference' || form === 'exclusive';
  // Behind a pointer, `dyn Fn()` alone means `dyn Fn() + 'static`.
  const outlives = lifetime ?? (isReference ? undefined : "'static");
  const bounds = traits.map(({ trait }) => ({ trait_bound: { trait } }));
  return callbackValue(outlives === undefined ? bounds : [...bounds, { outlives }], form, source);
}

const CALLBACKS: ReadonlySet<string> = new Set(['Fn', 'FnMut', 'FnOnce'].map((name) => `core::ops::function::${name}`));

/** Traits that a closure over a callable has. */
const BESIDE: ReadonlySet<string> = new Set(
  ['Sized', 'Copy', 'Send', 'Sync'].map((name) => `core::marker::${name}`).concat('core::clone::Clone'),
);
