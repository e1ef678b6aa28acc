/** What well-known methods and traits of std mean in Python's protocols: containers, iteration, formatting, comparison with other types. */

import { rustPath, rustType } from '../../interface/rust.ts';
import type { Implementation, ItemKey, Method, Path, TypeFacts, Value } from '../../interface/types.ts';
import { pyArgument } from './conversions.ts';
import { derefElement } from './deref.ts';
import type { FunctionPlan } from './functions.ts';
import { preference } from './overloads.ts';
import { refuseArgument, refuseResult, type RefuseOwn } from './refusals.ts';
import { renderPyType } from './type.ts';

export interface Protocols {
  /** `len(a)`: what Rust calls. */
  readonly length: string | undefined;
  /** `a[key]`, tried in order. */
  readonly items: readonly ItemPlan[];
  /** `a[key] = value` */
  readonly assignments: readonly AssignmentPlan[];
  /** `item in a` */
  readonly contains: ContainsPlan | undefined;
  readonly iteration: IterationPlan | undefined;
  /** `format(a, "x")`: letters, and the traits of std that they mean. */
  readonly formats: readonly FormatPlan[];
  /** `a == other`, `a < other` with objects of other types. */
  readonly comparisons: readonly ComparisonPlan[];
}

/** `Index`, or a method `get`. */
export interface ItemPlan {
  readonly key: Value;
  /** Whether it is a place in a sequence whose length is known: a negative one counts from the end. */
  readonly isPlace: boolean;
  readonly output: Value;
  /** `get`, which gives `None` where there is nothing. */
  readonly get: string | undefined;
}

/** `IndexMut` */
export interface AssignmentPlan {
  readonly key: Value;
  readonly isPlace: boolean;
  readonly value: Value;
}

export interface ContainsPlan {
  readonly callee: string;
  readonly item: Value;
}

/** `IntoIterator` for a reference or for a copy, the elements of a slice, or a method `iter`. */
export type IterationPlan =
  | { readonly from: 'view'; readonly item: Value; readonly callee: string }
  | { readonly from: 'copy'; readonly item: Value }
  | { readonly from: 'method'; readonly output: Value };

export interface FormatPlan {
  readonly letter: string;
  readonly trait: string;
}

/** `PartialEq<Other>`, and `PartialOrd<Other>` where it is there too. */
export interface ComparisonPlan {
  readonly callee: string;
  readonly order: string | undefined;
  /** The parameter of `eq`: a reference to the other type. */
  readonly other: Value;
}

/** A type whose protocols are asked for. */
export interface ProtocolSubject {
  readonly key: ItemKey;
  readonly path: Path;
  readonly type: TypeFacts;
  readonly clone: boolean;
  readonly methods: readonly ProtocolMethod[];
  readonly refuseOwn: RefuseOwn;
  /** Whether an own type is an iterator. */
  readonly isIterator: (key: ItemKey) => boolean;
  /** Special methods that turned out not to compile. */
  readonly isOut: (method: string) => boolean;
}

interface ProtocolMethod {
  readonly plan: FunctionPlan;
  readonly receiver: string | undefined;
}

/** Plans the protocols of a class. */
export function planProtocols(subject: ProtocolSubject): Protocols {
  const { isOut } = subject;
  const own = subject.type.implementations.filter(({ self }) => isItself(self, subject.key));
  const element = derefElement(subject.key, own);
  const slice =
    element && refuseResult({ kind: 'reference', of: element }, subject.refuseOwn) === undefined
      ? sliceOf(element)
      : undefined;
  const length = isOut('__len__') ? undefined : (lengthOf(subject) ?? slice?.length);
  const items = isOut('__getitem__') ? [] : itemsOf(subject, own, length !== undefined, slice);
  return {
    length,
    items,
    assignments: items.length === 0 || isOut('__setitem__') ? [] : assignmentsOf(subject, own, length !== undefined),
    contains: isOut('__contains__') ? undefined : containsOf(subject),
    iteration:
      subject.isIterator(subject.key) || isOut('__iter__') ? undefined : (iterationOf(subject) ?? slice?.iteration),
    formats: isOut('__format__')
      ? []
      : FORMATS.filter(({ trait }) => own.some((one) => one.trait === definition(trait))),
    comparisons: isOut('__eq__') ? [] : comparisonsOf(subject, own),
  };
}

/** Path of an entry, by which an item that does not compile is left out. */
export function protocolPath({ path }: { readonly path: Path }, method: string): string {
  return `<${path.join('::')} as ${method}>`;
}

function isItself(value: Value, key: ItemKey): boolean {
  return value.kind === 'own' && value.item === key;
}

/** A method that Python may call in the place of a special one: `&self`, with these many parameters. */
function wellKnown(
  { methods }: ProtocolSubject,
  names: readonly string[],
  parameters: number,
): ProtocolMethod | undefined {
  return methods.find(
    ({ plan, receiver }) =>
      names.includes(plan.name) &&
      receiver === 'shared' &&
      plan.parameters.length === parameters &&
      plan.error === undefined &&
      plan.alternatives.length === 0,
  );
}

function lengthOf(subject: ProtocolSubject): string | undefined {
  const found = wellKnown(subject, ['len'], 0);
  return found?.plan.output.kind === 'int' && found.plan.output.type === 'usize' ? found.plan.callee : undefined;
}

interface SlicePlan {
  readonly length: string;
  readonly item: ItemPlan;
  readonly iteration: IterationPlan;
}

/** What a type can do that leads to a slice by `Deref`. */
function sliceOf(element: Value): SlicePlan | undefined {
  const type = rustType(element);
  if (type === undefined) return undefined;
  const lent: Value = { kind: 'reference', of: element };
  const key: Value = { kind: 'int', type: 'usize' };
  return {
    length: `<[${type}]>::len`,
    item: { key, isPlace: true, output: lent, get: `<[${type}]>::get::<usize>` },
    iteration: { from: 'view', item: lent, callee: `<[${type}]>::iter` },
  };
}

function itemsOf(
  subject: ProtocolSubject,
  own: readonly Implementation[],
  hasLength: boolean,
  slice: SlicePlan | undefined,
): readonly ItemPlan[] {
  const byGet = getOf(subject, hasLength);
  const byIndex = own
    .filter(({ trait }) => trait === definition('std::ops::Index'))
    .flatMap(({ arguments: [key], methods }): ItemPlan[] => {
      const output = methods.find(({ path }) => path.at(-1) === 'index')?.signature.output;
      if (!key || !output || isRange(key)) return [];
      if (refuseArgument(key, subject.refuseOwn) || refuseResult(output, subject.refuseOwn)) return [];
      return [{ key, isPlace: hasLength && isIndex(key), output, get: undefined }];
    });
  return distinct([...byGet, ...byIndex, ...(slice && hasLength ? [slice.item] : [])]);
}

/** `get(key) -> Option<T>` of what is a container by its other methods too. */
function getOf(subject: ProtocolSubject, hasLength: boolean): readonly ItemPlan[] {
  const get = wellKnown(subject, ['get'], 1)?.plan;
  const [parameter] = get?.parameters ?? [];
  if (!get || !parameter || get.output.kind !== 'option') return [];
  const key = parameter.value;
  const isContainer =
    isIndex(key) ||
    subject.methods.some(({ plan }) => CONTAINER.has(plan.name)) ||
    subject.type.implementations.some(isIndexing);
  if (!isContainer) return [];
  return [{ key, isPlace: hasLength && isIndex(key), output: get.output.of, get: get.callee }];
}

const CONTAINER: ReadonlySet<string> = new Set(['len', 'contains', 'contains_key', 'keys', 'iter', 'insert']);

function isIndexing({ trait }: Implementation): boolean {
  return trait === definition('std::ops::Index');
}

function assignmentsOf(
  { refuseOwn }: ProtocolSubject,
  own: readonly Implementation[],
  hasLength: boolean,
): readonly AssignmentPlan[] {
  const found = own
    .filter(({ trait }) => trait === definition('std::ops::IndexMut'))
    .flatMap(({ arguments: [key], methods }): AssignmentPlan[] => {
      const output = methods.find(({ path }) => path.at(-1) === 'index_mut')?.signature.output;
      if (!key || output?.kind !== 'exclusive' || isRange(key)) return [];
      if (refuseArgument(key, refuseOwn) || refuseArgument(output.of, refuseOwn)) return [];
      return [{ key, isPlace: hasLength && isIndex(key), value: output.of }];
    });
  return distinct(found);
}

function containsOf(subject: ProtocolSubject): ContainsPlan | undefined {
  const plan = wellKnown(subject, ['contains', 'contains_key'], 1)?.plan;
  const [item] = plan?.parameters ?? [];
  return plan && item && plan.output.kind === 'bool' ? { callee: plan.callee, item: item.value } : undefined;
}

/** A reference is iterated without a copy; else there is a method `iter`, or a copy is used up. */
function iterationOf(subject: ProtocolSubject): IterationPlan | undefined {
  const { key, type, clone, refuseOwn } = subject;
  const found = type.implementations.filter(({ trait }) => trait === 'core::iter::traits::collect::IntoIterator');
  const itemIn = (isWanted: (self: Value) => boolean): Value | undefined => {
    const item = found.find(({ self }) => isWanted(self))?.associated.get('Item');
    return item && refuseResult(item, refuseOwn) === undefined && item.kind !== 'result' ? item : undefined;
  };
  const lent = itemIn((self) => self.kind === 'reference' && isItself(self.of, key));
  if (lent) return { from: 'view', item: lent, callee: 'IntoIterator::into_iter' };
  const output = wellKnown(subject, ['iter'], 0)?.plan.output;
  const isLazy = output?.kind === 'iterator' || (output?.kind === 'own' && subject.isIterator(output.item));
  if (output && isLazy) return { from: 'method', output };
  const owned = clone ? itemIn((self) => isItself(self, key)) : undefined;
  return owned && { from: 'copy', item: owned };
}

const FORMATS: readonly FormatPlan[] = [
  { letter: 'x', trait: 'std::fmt::LowerHex' },
  { letter: 'X', trait: 'std::fmt::UpperHex' },
  { letter: 'b', trait: 'std::fmt::Binary' },
  { letter: 'o', trait: 'std::fmt::Octal' },
  { letter: 'e', trait: 'std::fmt::LowerExp' },
  { letter: 'E', trait: 'std::fmt::UpperExp' },
];

/** Where rustdoc says that a trait of std is defined. */
function definition(trait: string): string {
  return trait.startsWith('std::ops::Index')
    ? trait.replace('std::ops::', 'core::ops::index::')
    : trait.replace('std::', 'core::');
}

function comparisonsOf(
  { key, path, refuseOwn }: ProtocolSubject,
  own: readonly Implementation[],
): readonly ComparisonPlan[] {
  const type = rustPath(path);
  const others = (trait: string, method: string): readonly Value[] =>
    own
      .filter((one) => one.trait === trait)
      .flatMap(({ methods }) => parameterOf(methods, method))
      .filter((value) => !isItself(value.kind === 'reference' ? value.of : value, key));
  const ordered = new Set(others('core::cmp::PartialOrd', 'partial_cmp').map((value) => JSON.stringify(value)));
  return others('core::cmp::PartialEq', 'eq')
    .filter((value) => refuseArgument(value, refuseOwn) === undefined)
    .map((other) => ({
      callee: `<${type} as std::cmp::PartialEq<_>>::eq`,
      order: ordered.has(JSON.stringify(other)) ? `<${type} as std::cmp::PartialOrd<_>>::partial_cmp` : undefined,
      other,
    }))
    .filter((one, i, all) => all.findIndex(({ other }) => isAlike(other, one.other)) === i)
    .sort((a, b) => preference(a.other) - preference(b.other));
}

function parameterOf(methods: readonly Method[], name: string): readonly Value[] {
  const method = methods.find(({ path }) => path.at(-1) === name);
  return method?.signature.parameters.map(({ value }) => value) ?? [];
}

function isAlike(a: Value, b: Value): boolean {
  return renderPyType(pyArgument(a)) === renderPyType(pyArgument(b));
}

/** Keys that look alike in Python are one; places come last, for they say best what is wrong. */
function distinct<P extends { readonly key: Value; readonly isPlace: boolean }>(plans: readonly P[]): readonly P[] {
  return plans
    .filter((one, i) => plans.findIndex(({ key }) => isAlike(key, one.key)) === i)
    .sort((a, b) => Number(a.isPlace) - Number(b.isPlace) || preference(a.key) - preference(b.key));
}

function isIndex(value: Value): boolean {
  return value.kind === 'int' && value.type === 'usize';
}

function isRange(value: Value): boolean {
  return value.kind === 'range';
}
