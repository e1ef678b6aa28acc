/** `Into<Own>`: a value of the type itself, and everything that it is `From`. */

import type { RustdocBound, RustdocGenerics, RustdocPath, RustdocType } from '../rustdoc/format.ts';
import type { BoundSource } from './bounds.ts';
import { naturalInstantiations } from './natural.ts';
import { children } from './rust.ts';
import type { Value } from './types.ts';

/** What a parameter with these bounds can be made of, in the order in which arguments are tried; none for other bounds. */
export function convertible(bounds: readonly RustdocBound[], source: BoundSource): readonly Value[] {
  const traits = bounds.flatMap(({ trait_bound: bound }) => (bound ? [bound.trait] : []));
  const others = traits.filter((trait) => !BESIDE.has(source.definitionOf(trait) ?? ''));
  const [into] = others;
  if (!into || others.length > 1 || !CONVERSIONS.has(source.definitionOf(into) ?? '')) return [];
  const target = firstArgument(into);
  const path = target && target !== 'infer' ? target.resolved_path : undefined;
  const own = target && path && source.item(path.id) ? source.read(target) : undefined;
  if (own?.kind !== 'own' || !path) return [];
  return [own, ...distinct(sources(path, source).filter(isPlain))];
}

/** The types of which `From` makes the type. */
function sources({ id }: RustdocPath, source: BoundSource): readonly Value[] {
  const inner = source.item(id)?.inner;
  return ((inner?.struct ?? inner?.enum)?.impls ?? []).flatMap((impl) => {
    const found = source.impl(impl);
    if (!found?.trait || found.is_negative || found.blanket_impl) return [];
    if (source.definitionOf(found.trait) !== 'core::convert::From') return [];
    const given = firstArgument(found.trait);
    return given ? [readWithin(found.generics, given, source)] : [];
  });
}

/** `impl<'a, H: AsRef<[u8]>> From<&'a H>` is one of `&&[u8]`. */
function readWithin(generics: RustdocGenerics, type: RustdocType, { definitionOf, readWith }: BoundSource): Value {
  return readWith(naturalInstantiations(generics, { definitionOf, readWith }))(type);
}

function firstArgument(trait: RustdocPath): RustdocType | undefined {
  const [first] = trait.args?.angle_bracketed?.args ?? [];
  return first === undefined || first === 'infer' ? undefined : first.type;
}

/** Whether it is a value by itself: what is lent, lazy or called has other rules. */
function isPlain(value: Value): boolean {
  const isOther = ['unsupported', 'callback', 'iterator', 'exclusive', 'inPlace', 'result', 'unit'].includes(
    value.kind,
  );
  return !isOther && children(value).every(isPlain);
}

/** One of each that look the same in a host, the widest of numbers. */
function distinct(values: readonly Value[]): readonly Value[] {
  const sorted = [...values].sort((a, b) => preference(a) - preference(b));
  return sorted.filter((value, i) => sorted.findIndex((other) => shape(other) === shape(value)) === i);
}

/** An int is tried before a float, which would take it. */
function preference(value: Value): number {
  if (value.kind === 'int') return 1 + ['i64', 'u64', 'i128', 'u128', 'i32', 'u32'].indexOf(value.type) / 10;
  return value.kind === 'float' ? 3 : 2;
}

function shape(value: Value): string {
  switch (value.kind) {
    case 'own':
      return value.item;
    case 'reference':
      return shape(value.of);
    case 'int':
    case 'float':
    case 'text':
    case 'bytes':
      return value.kind;
    default:
      return JSON.stringify(value);
  }
}

const CONVERSIONS: ReadonlySet<string> = new Set(['core::convert::Into']);

const BESIDE: ReadonlySet<string> = new Set(['core::marker::Sized', 'core::clone::Clone', 'core::fmt::Debug']);
