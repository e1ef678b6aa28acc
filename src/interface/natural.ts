/**
 * The natural instantiation of a type parameter: a function over `T: AsRef<str>` is one over `&str` for everybody who calls it from outside.
 *
 * Only bounds that ask for one view of the data have one; `Sized` and what every view implements may stand beside them.
 */

import type { RustdocBound, RustdocGenerics, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import { renderType } from '../rustdoc/render.ts';
import { boundsOf } from './bounds.ts';
import { type BoundsSource, callbackValue } from './callbacks.ts';
import { borrows } from './rust.ts';
import { iterableValue } from './iterators.ts';
import { lifetimeArguments, withLifetime } from './lifetime-arguments.ts';
import { streamValue } from './streams.ts';
import type { Value } from './types.ts';

/** As {@link BoundsSource}, where the instantiations found so far stand for their parameters. */
export interface NaturalSource {
  readonly definitionOf: (path: RustdocPath) => string | undefined;
  readonly readWith: (found: ReadonlyMap<string, Value>) => (type: RustdocType) => Value;
}

/** Type parameters that have one, by name: also those that stand for `impl Trait` arguments. */
export function naturalInstantiations(
  generics: RustdocGenerics,
  { definitionOf, readWith }: NaturalSource,
): ReadonlyMap<string, Value> {
  const types = generics.params.flatMap(({ name, kind }) =>
    kind.type ? [{ name, bounds: boundsOf(generics, name), inside: boundsInside(generics, name) }] : [],
  );
  let found: ReadonlyMap<string, Value> = new Map();
  // Bounds may name other parameters: `I: IntoIterator<Item = S>, S: AsRef<str>`. A chain of them is no longer than the list.
  for (let round = 0; round < types.length; round++) {
    const source = { definitionOf, read: readWith(found) };
    found = new Map(
      types.flatMap(({ name, bounds, inside }) => {
        const value = naturalValue(bounds, source, inside);
        return value ? [[name, value] as const] : [];
      }),
    );
  }
  return found;
}

/** `I::Item: AsRef<str>` as the bounds of `Item`. */
function boundsInside({ where_predicates: predicates }: RustdocGenerics, name: string): Inside {
  const inside = new Map<string, readonly RustdocBound[]>();
  for (const { bound_predicate: predicate } of predicates) {
    const path = predicate && predicate.type !== 'infer' ? predicate.type.qualified_path : undefined;
    const isOwn = path && path.self_type !== 'infer' && path.self_type.generic === name;
    if (predicate && isOwn) inside.set(path.name, [...(inside.get(path.name) ?? []), ...predicate.bounds]);
  }
  return inside;
}

/** Bounds of associated types, by their names. */
type Inside = ReadonlyMap<string, readonly RustdocBound[]>;

/** The value of an `impl Trait` argument or of a parameter with these bounds. */
export function naturalValue(
  bounds: readonly RustdocBound[],
  source: BoundsSource,
  inside: Inside = new Map(),
): Value | undefined {
  const found =
    callbackValue(bounds, 'value', source) ??
    streamValue(bounds, source) ??
    iterableValue(bounds, inside, source, (item) => naturalValue(item, source));
  if (found) return found;
  const traits = bounds.flatMap(({ trait_bound: bound }) => (bound ? [bound.trait] : []));
  const asked = traits.filter((trait) => !BESIDE.has(source.definitionOf(trait) ?? ''));
  const [view] = asked.map((trait) => viewOf(trait, source));
  if (!view) return undefined;
  // One view of the data may be asked for in several ways: `AsRef<str> + Into<String>`.
  const isCopy = traits.some((trait) => source.definitionOf(trait) === 'core::marker::Copy');
  if (isCopy && view.kind === 'text') return TEXT;
  const all = asked.length === 1 ? view : asked.every((trait) => isOfText(trait, source)) ? TEXT : undefined;
  return all && bounds.some(({ outlives }) => outlives === "'static") ? kept(all) : all;
}

function viewOf(trait: RustdocPath, source: BoundsSource): Value | undefined {
  const definition = source.definitionOf(trait) ?? '';
  const view = VIEWS[`${definition} ${argumentOf(trait)}`];
  return view ? withLifetime(view, lentFor(trait)) : converted(definition, trait, source);
}

/** `'a` of `Into<Cow<'a, str>>`: what is passed is kept so long. */
function lentFor(trait: RustdocPath): string | undefined {
  const [given] = trait.args?.angle_bracketed?.args ?? [];
  const type = given === undefined || given === 'infer' ? undefined : given.type;
  return type === undefined || type === 'infer' || !type.resolved_path
    ? undefined
    : lifetimeArguments(type.resolved_path)[0];
}

/** Whether `&str` implements it. */
function isOfText(trait: RustdocPath, source: BoundsSource): boolean {
  const definition = source.definitionOf(trait) ?? '';
  return definition === 'core::fmt::Display' || TEXT_VIEWS.has(`${definition} ${argumentOf(trait)}`);
}

/** The same owned, for what Rust may keep. */
function kept(value: Value): Value | undefined {
  switch (value.kind) {
    case 'text':
      return value.owner === 'str' || value.owner === 'Cow' ? { kind: 'text', owner: 'String' } : value;
    case 'bytes':
      return value.owner === 'slice' || value.owner === 'Cow' ? { kind: 'bytes', owner: 'Vec' } : value;
    case 'path':
      return value.owner === 'ref' ? { kind: 'path', owner: 'PathBuf' } : value;
    case 'osText':
      return value.owner === 'ref' ? { kind: 'osText', owner: 'OsString' } : value;
    default:
      return borrows(value) ? undefined : value;
  }
}

const TEXT: Value = { kind: 'text', owner: 'str' };
const TEXT_VIEWS: ReadonlySet<string> = new Set([
  'core::convert::AsRef str',
  'core::convert::AsRef [u8]',
  'core::convert::AsRef Path',
  'core::convert::AsRef OsStr',
  'core::convert::Into String',
  'core::convert::Into Cow<str>',
  'core::borrow::Borrow str',
  'alloc::string::ToString ',
]);

/** `AsRef<[T]>`, `Into<Option<T>>`, and conversions into numbers. */
function converted(definition: string, trait: RustdocPath, { definitionOf, read }: BoundsSource): Value | undefined {
  const [given] = trait.args?.angle_bracketed?.args ?? [];
  const type = given === undefined || given === 'infer' ? undefined : given.type;
  if (type === undefined || type === 'infer') return undefined;
  if (definition === 'core::convert::AsRef') {
    return type.slice && { kind: 'sequence', owner: 'slice', element: read(type.slice) };
  }
  if (definition === 'core::ops::range::RangeBounds') return { kind: 'range', type: 'Bounds', of: read(type) };
  // Everything is `Borrow` of itself.
  if (definition === 'core::borrow::Borrow') return type.tuple && read(type);
  if (!CONVERSIONS.has(definition)) return undefined;
  const isOption = type.resolved_path && definitionOf(type.resolved_path) === 'core::option::Option';
  return isOption || type.primitive !== undefined ? read(type) : undefined;
}

const CONVERSIONS: ReadonlySet<string> = new Set(['core::convert::Into', 'core::convert::TryInto']);

/** The trait's only type argument as text, without its path. */
function argumentOf(trait: RustdocPath): string {
  const args = trait.args?.angle_bracketed?.args ?? [];
  const types = args.flatMap((argument) => (argument !== 'infer' && argument.type ? [argument.type] : []));
  return types.map(shortType).join(', ');
}

function shortType(type: RustdocType): string {
  return renderType(type)
    .replaceAll(/\b\w+::/g, '')
    .replaceAll(/'\w+(?:, )?/g, '');
}

/** Traits that every view implements, and that say nothing of the data. */
const BESIDE: ReadonlySet<string> = new Set([
  'core::marker::Sized',
  'core::marker::Send',
  'core::marker::Sync',
  'core::marker::Unpin',
  'core::clone::Clone',
  'core::marker::Copy',
  'core::fmt::Debug',
]);

const VIEWS: Readonly<Record<string, Value>> = {
  // Every datetime of Python has an offset.
  'chrono::offset::TimeZone ': { kind: 'wellKnown', type: 'chrono::FixedOffset', arguments: [] },
  'core::convert::AsRef str': { kind: 'text', owner: 'str' },
  'core::convert::AsRef [u8]': { kind: 'bytes', owner: 'slice' },
  'core::convert::AsRef Path': { kind: 'path', owner: 'ref' },
  'core::convert::AsRef OsStr': { kind: 'osText', owner: 'ref' },
  'core::convert::Into String': { kind: 'text', owner: 'String' },
  'core::convert::Into Vec<u8>': { kind: 'bytes', owner: 'Vec' },
  'core::convert::Into PathBuf': { kind: 'path', owner: 'PathBuf' },
  'core::convert::Into OsString': { kind: 'osText', owner: 'OsString' },
  'core::convert::Into Box<str>': { kind: 'text', owner: 'Box' },
  'core::convert::Into Arc<str>': { kind: 'text', owner: 'Arc' },
  'core::convert::Into Rc<str>': { kind: 'text', owner: 'Rc' },
  'core::convert::Into Cow<str>': { kind: 'text', owner: 'Cow' },
  'core::convert::Into Cow<[u8]>': { kind: 'bytes', owner: 'Cow' },
  'core::borrow::Borrow str': { kind: 'text', owner: 'str' },
  'core::borrow::Borrow [u8]': { kind: 'bytes', owner: 'slice' },
  'alloc::string::ToString ': { kind: 'text', owner: 'str' },
};
