/** Types that are iterators where they are returned, and what they give: types of std, and `dyn Iterator`. */

import type { RustdocBound, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import type { BoundsSource } from './callbacks.ts';
import type { IntType, Value } from './types.ts';

type DynTrait = NonNullable<Exclude<RustdocType, 'infer'>['dyn_trait']>;

/** What `Iterator<Item = T>` or one of its kin says, with markers and lifetimes beside it; undefined for other bounds. */
export function iteratorValue(bounds: readonly RustdocBound[], source: BoundsSource): Value | undefined {
  const traits = bounds.flatMap(({ trait_bound: bound }) => (bound ? [bound.trait] : []));
  const found = traits.filter((trait) => !BESIDE.has(source.definitionOf(trait) ?? ''));
  const isInto = found.some((trait) => source.definitionOf(trait) === 'core::iter::traits::collect::IntoIterator');
  if (!found.every((trait) => ITERATORS.has(source.definitionOf(trait) ?? ''))) return undefined;
  const item = found.flatMap((trait) => itemOf(trait) ?? [])[0];
  return item && { kind: 'iterator', form: isInto ? 'into' : 'value', of: source.read(item) };
}

/**
 * The same for a parameter, where `inside` has the bounds of `I::Item` and `I::IntoIter`: of an iterator that runs in Python nothing more can be asked than its next
 * item.
 */
export function iterableValue(
  bounds: readonly RustdocBound[],
  inside: ReadonlyMap<string, readonly RustdocBound[]>,
  source: BoundsSource,
  natural: (bounds: readonly RustdocBound[]) => Value | undefined,
): Value | undefined {
  const value = iteratorValue(bounds, source) ?? ofBoundItems(bounds, inside, source, natural);
  if (value?.kind !== 'iterator') return undefined;
  const definitions = bounds.map(({ trait_bound: bound }) => bound && (source.definitionOf(bound.trait) ?? ''));
  const isSimple = definitions.every((name) => name === undefined || LAZY.has(name)) && !inside.has('IntoIter');
  const isStatic = bounds.some(({ outlives }) => outlives === "'static");
  return isSimple && !isStatic ? value : { ...value, form: 'collected' };
}

/** `I: IntoIterator, I::Item: AsRef<str>`, `IntoIterator<Item: AsRef<str>>` */
function ofBoundItems(
  bounds: readonly RustdocBound[],
  inside: ReadonlyMap<string, readonly RustdocBound[]>,
  source: BoundsSource,
  natural: (bounds: readonly RustdocBound[]) => Value | undefined,
): Value | undefined {
  const [found] = bounds.flatMap(({ trait_bound: bound }) =>
    bound && LAZY.has(source.definitionOf(bound.trait) ?? '') ? [bound.trait] : [],
  );
  const constraints = found?.args?.angle_bracketed?.constraints ?? [];
  const written = constraints.find(({ name }) => name === 'Item')?.binding.constraint ?? inside.get('Item');
  const of = found && written && natural(written);
  return of && { kind: 'iterator', form: 'into', of };
}

const LAZY: ReadonlySet<string> = new Set([
  'core::iter::traits::iterator::Iterator',
  'core::iter::traits::collect::IntoIterator',
  'core::marker::Sized',
]);

/** The iterator behind `Box<dyn Iterator<Item = T>>`. */
export function dynIterator({ traits }: DynTrait, source: BoundsSource): Value | undefined {
  const value = iteratorValue(
    traits.map(({ trait }) => ({ trait_bound: { trait } })),
    source,
  );
  return value?.kind === 'iterator' ? { ...value, form: 'result' } : undefined;
}

function itemOf(trait: RustdocPath): RustdocType | undefined {
  const item = trait.args?.angle_bracketed?.constraints.find(({ name }) => name === 'Item')?.binding.equality;
  return item && item !== 'infer' ? item.type : undefined;
}

const ITERATORS: ReadonlySet<string> = new Set([
  'core::iter::traits::iterator::Iterator',
  'core::iter::traits::collect::IntoIterator',
  'core::iter::traits::double_ended::DoubleEndedIterator',
  'core::iter::traits::exact_size::ExactSizeIterator',
  'core::iter::traits::marker::FusedIterator',
]);

/** What may stand beside: it says nothing of the items. */
const BESIDE: ReadonlySet<string> = new Set([
  'core::marker::Sized',
  'core::marker::Send',
  'core::marker::Sync',
  'core::marker::Unpin',
  'core::clone::Clone',
  'core::fmt::Debug',
]);

/** What a type of std gives when it is iterated; undefined for types that are no iterators. `given` are the values of its type arguments. */
export function stdIterator(definition: string, given: readonly Value[]): Value | undefined {
  const of = STD_ITERATORS[definition]?.(given);
  return of && { kind: 'iterator', form: 'result', of };
}

type Items = (given: readonly Value[]) => Value | undefined;

const text: Items = () => ({ kind: 'text', owner: 'str' });
const char: Items = () => ({ kind: 'char' });
const int =
  (type: IntType): Items =>
  () => ({ kind: 'int', type });
const first: Items = ([item]) => item;
const second: Items = ([, item]) => item;
const lent =
  (items: Items): Items =>
  (given) => {
    const of = items(given);
    return of && { kind: 'reference', of };
  };
const pair =
  (one: Items, other: Items): Items =>
  (given) => {
    const elements = [one(given), other(given)].flatMap((element) => element ?? []);
    return elements.length === 2 ? { kind: 'tuple', elements } : undefined;
  };
const slices: Items = ([element]) => {
  if (element === undefined) return undefined;
  const isByte = element.kind === 'int' && element.type === 'u8';
  return isByte ? { kind: 'bytes', owner: 'slice' } : { kind: 'sequence', owner: 'slice', element };
};
/** What the iterator inside of an adapter gives. */
const inner: Items = ([of]) => (of?.kind === 'iterator' ? of.of : undefined);
const innerOther: Items = ([, of]) => inner(of ? [of] : []);
const copied: Items = (given) => {
  const of = inner(given);
  return of?.kind === 'reference' ? of.of : of;
};

/** `{ 'core::str::iter::Chars': char }` */
function rows(module: string, names: string, items: Items): Readonly<Record<string, Items>> {
  return Object.fromEntries(names.split(' ').map((name) => [`${module}::${name}`, items]));
}

const STR = 'core::str::iter';
const SLICE = 'core::slice::iter';
const HASH = 'std::collections::hash';
const TREE = 'alloc::collections::btree';

const STD_ITERATORS: Readonly<Record<string, Items>> = {
  ...rows(STR, 'Split RSplit SplitN RSplitN SplitTerminator RSplitTerminator SplitInclusive', text),
  ...rows(STR, 'Matches RMatches Lines SplitWhitespace SplitAsciiWhitespace', text),
  ...rows(STR, 'MatchIndices RMatchIndices', pair(int('usize'), text)),
  ...rows(STR, 'Chars', char),
  ...rows(STR, 'CharIndices', pair(int('usize'), char)),
  ...rows(STR, 'Bytes', int('u8')),
  ...rows(STR, 'EncodeUtf16', int('u16')),
  ...rows('core::char', 'ToLowercase ToUppercase EscapeDefault EscapeDebug EscapeUnicode', char),
  ...rows(SLICE, 'Iter', lent(first)),
  ...rows(SLICE, 'Chunks ChunksExact RChunks RChunksExact Windows Split SplitInclusive', slices),
  ...rows('alloc::vec', 'into_iter::IntoIter drain::Drain', first),
  ...rows('alloc::collections::vec_deque', 'iter::Iter', lent(first)),
  ...rows('alloc::collections::vec_deque', 'into_iter::IntoIter drain::Drain', first),
  ...rows('alloc::collections::linked_list', 'Iter', lent(first)),
  ...rows('alloc::collections::linked_list', 'IntoIter', first),
  ...rows('alloc::collections::binary_heap', 'Iter', lent(first)),
  ...rows('alloc::collections::binary_heap', 'IntoIter', first),
  ...rows(`${HASH}::map`, 'Iter', pair(lent(first), lent(second))),
  ...rows(`${HASH}::map`, 'IntoIter Drain', pair(first, second)),
  ...rows(`${HASH}::map`, 'Keys', lent(first)),
  ...rows(`${HASH}::map`, 'Values', lent(second)),
  ...rows(`${HASH}::map`, 'IntoKeys', first),
  ...rows(`${HASH}::map`, 'IntoValues', second),
  ...rows(`${HASH}::set`, 'Iter', lent(first)),
  ...rows(`${HASH}::set`, 'IntoIter Drain', first),
  ...rows(`${TREE}::map`, 'Iter Range', pair(lent(first), lent(second))),
  ...rows(`${TREE}::map`, 'IntoIter', pair(first, second)),
  ...rows(`${TREE}::map`, 'Keys', lent(first)),
  ...rows(`${TREE}::map`, 'Values', lent(second)),
  ...rows(`${TREE}::map`, 'IntoKeys', first),
  ...rows(`${TREE}::map`, 'IntoValues', second),
  ...rows(`${TREE}::set`, 'Iter Range', lent(first)),
  ...rows(`${TREE}::set`, 'IntoIter', first),
  ...rows('core::option', 'IntoIter', first),
  ...rows('core::option', 'Iter', lent(first)),
  ...rows('core::array::iter', 'IntoIter', first),
  ...rows('core::iter::sources', 'empty::Empty once::Once repeat::Repeat repeat_n::RepeatN', first),
  ...rows('core::iter::adapters', 'rev::Rev take::Take skip::Skip step_by::StepBy cycle::Cycle fuse::Fuse', inner),
  ...rows('core::iter::adapters', 'peekable::Peekable chain::Chain', inner),
  ...rows('core::iter::adapters', 'cloned::Cloned copied::Copied', copied),
  ...rows('core::iter::adapters', 'enumerate::Enumerate', pair(int('usize'), inner)),
  ...rows('core::iter::adapters', 'zip::Zip', pair(inner, innerOther)),
};
