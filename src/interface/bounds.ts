/**
 * Which traits a candidate for a type parameter implements, as far as rustdoc's JSON and what is known of std tell.
 *
 * rustc has the last word: a shim with an instantiation that does not hold does not compile, and its item is left out. So what is not known here is answered with
 * what leads to fewer surprises: no.
 */

import type {
  RustdocBound,
  RustdocGenerics,
  RustdocImpl,
  RustdocItem,
  RustdocPath,
  RustdocType,
} from '../rustdoc/format.ts';
import { renderType } from '../rustdoc/render.ts';
import { typeArguments } from './type-arguments.ts';
import type { Value } from './types.ts';

/** What reading bounds needs to know of the crate. */
export interface BoundSource {
  readonly definitionOf: (path: RustdocPath) => string | undefined;
  /** The item, when the trait is of this crate. */
  readonly item: (id: number) => RustdocItem | undefined;
  readonly impl: (id: number) => RustdocImpl | undefined;
  readonly read: (type: RustdocType) => Value;
  /** The same where parameters stand for values. */
  readonly readWith: (found: ReadonlyMap<string, Value>) => (type: RustdocType) => Value;
  /** Answers about the crate's own traits: implementations refer to each other, so the same question comes again and again. */
  readonly answers: Map<string, boolean>;
}

/** All bounds of a parameter: those beside its name and those of the where clauses. */
export function boundsOf(generics: RustdocGenerics, name: string): readonly RustdocBound[] {
  const beside = generics.params.find((param) => param.name === name)?.kind.type?.bounds ?? [];
  return [...beside, ...boundsBelow(generics, name)];
}

/** The bounds of the where clauses. */
function boundsBelow({ where_predicates: predicates }: RustdocGenerics, name: string): readonly RustdocBound[] {
  return predicates.flatMap(({ bound_predicate: predicate }) => {
    const isOwn = predicate && predicate.type !== 'infer' && predicate.type.generic === name;
    return isOwn ? predicate.bounds : [];
  });
}

/** Whether `value` satisfies all `bounds`. */
export function satisfies(value: Value, bounds: readonly RustdocBound[], source: BoundSource, depth = 0): boolean {
  return bounds.every(
    ({ trait_bound: bound }) => bound === undefined || implementsTrait(value, bound.trait, source, depth),
  );
}

function implementsTrait(value: Value, trait: RustdocPath, source: BoundSource, depth: number): boolean {
  const own = source.item(trait.id)?.inner.trait;
  if (own) return implementsOwn(value, trait.id, own.implementations, source, depth);
  const definition = source.definitionOf(trait) ?? '';
  return (
    (knownTraits(value).has(shortName(definition)) && isOfItself(value, trait, source)) ||
    converts(value, definition, trait, source)
  );
}

/** `PartialEq`, `PartialEq<T>`, but not `PartialEq<Json>`. */
function isOfItself(value: Value, trait: RustdocPath, source: BoundSource): boolean {
  return typeArguments(trait).every(
    (argument) => (argument !== 'infer' && argument.generic !== undefined) || isSame(source.read(argument), value),
  );
}

/** While an answer is looked for, it is no: an implementation cannot be the reason for itself. */
function implementsOwn(
  value: Value,
  trait: number,
  implementations: readonly number[],
  source: BoundSource,
  depth: number,
): boolean {
  const question = `${trait} ${JSON.stringify(value)}`;
  const known = source.answers.get(question);
  if (known !== undefined) return known;
  source.answers.set(question, false);
  const answer = depth < 8 && implementations.some((id) => isFor(value, id, source, depth + 1));
  source.answers.set(question, answer);
  return answer;
}

/** `impl Trait for f64`, `impl<T: Float> Trait for T`. */
function isFor(value: Value, id: number, source: BoundSource, depth: number): boolean {
  const impl = source.impl(id);
  if (!impl || impl.is_negative || impl.for === 'infer') return false;
  const { generic } = impl.for;
  if (generic !== undefined) return satisfies(value, boundsOf(impl.generics, generic), source, depth);
  return isSame(source.read(impl.for), value);
}

/** `From<u8>`, `Into<f64>`: conversions of std between numbers; `AsRef<str>`, `Into<String>`: of text. */
function converts(value: Value, definition: string, trait: RustdocPath, source: BoundSource): boolean {
  const [argument] = typeArguments(trait);
  if (value.kind === 'text' || value.kind === 'bytes') {
    const target = argument && renderType(argument).replaceAll(/\b\w+::/g, '');
    return (VIEWS[value.kind][definition] ?? []).includes(target ?? '');
  }
  const type = numberType(value);
  if (argument === undefined || type === undefined) return false;
  const other = numberType(source.read(argument));
  if (other === undefined) return false;
  if (definition === 'core::convert::From') return (LOSSLESS[type] ?? []).includes(other) || other === type;
  if (definition === 'core::convert::Into') return (LOSSLESS[other] ?? []).includes(type) || other === type;
  return false;
}

/** What an owned text and owned bytes are seen as. */
const VIEWS: Record<'text' | 'bytes', Readonly<Record<string, readonly string[]>>> = {
  text: {
    'core::convert::AsRef': ['str', '[u8]', 'OsStr', 'Path'],
    'core::borrow::Borrow': ['str'],
    'core::convert::Into': ['String', 'Vec<u8>', 'PathBuf', 'OsString', 'Box<str>'],
  },
  bytes: { 'core::convert::AsRef': ['[u8]'], 'core::borrow::Borrow': ['[u8]'], 'core::convert::Into': ['Vec<u8>'] },
};

function numberType(value: Value): string | undefined {
  return value.kind === 'int' || value.kind === 'float' ? value.type : undefined;
}

/** The number types that convert into each without loss. */
const LOSSLESS: Readonly<Record<string, readonly string[]>> = {
  i16: ['i8', 'u8'],
  i32: ['i8', 'u8', 'i16', 'u16'],
  i64: ['i8', 'u8', 'i16', 'u16', 'i32', 'u32'],
  i128: ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64'],
  u16: ['u8'],
  u32: ['u8', 'u16'],
  u64: ['u8', 'u16', 'u32'],
  u128: ['u8', 'u16', 'u32', 'u64'],
  f32: ['i8', 'u8', 'i16', 'u16'],
  f64: ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'f32'],
};

export function isSame(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether bounds ask for arithmetic, so that numbers are meant. */
export function areNumeric(bounds: readonly RustdocBound[], source: BoundSource): boolean {
  return bounds.some(({ trait_bound: bound }) => {
    const definition = bound && source.definitionOf(bound.trait);
    return definition !== undefined && (NUMERIC.has(shortName(definition)) || NUMBER_CRATES.test(definition));
  });
}

/** Whether the crate's own traits are among the bounds. */
export function ownTraits(bounds: readonly RustdocBound[], source: BoundSource): readonly RustdocItem[] {
  return bounds.flatMap(({ trait_bound: bound }) => {
    const item = bound && source.item(bound.trait.id);
    return item?.inner.trait ? [item] : [];
  });
}

/** The types that a trait of the crate is implemented for one by one. */
export function implementers(trait: RustdocItem, source: BoundSource): readonly Value[] {
  return (trait.inner.trait?.implementations ?? []).flatMap((id) => {
    const impl = source.impl(id);
    return impl && impl.for !== 'infer' && impl.for.generic === undefined ? [source.read(impl.for)] : [];
  });
}

function shortName(definition: string): string {
  if (NUMBER_CRATES.test(definition)) return `num ${definition.split('::').at(-1)}`;
  return definition.startsWith('core::') || definition.startsWith('alloc::') || definition.startsWith('std::')
    ? (definition.split('::').at(-1) ?? '')
    : definition;
}

const NUMBER_CRATES = /^(?:num_traits|num_integer)::/;

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');
const numbers = (text: string): readonly string[] => words(text).map((name) => `num ${name}`);

const OPERATORS = words('Add Sub Mul Div Rem AddAssign SubAssign MulAssign DivAssign RemAssign Sum Product');
const BIT_OPERATORS = words(
  'BitAnd BitOr BitXor Shl Shr BitAndAssign BitOrAssign BitXorAssign ShlAssign ShrAssign Binary Octal LowerHex UpperHex',
);
const NUMERIC: ReadonlySet<string> = new Set([...OPERATORS, ...BIT_OPERATORS, 'Neg', 'Not', 'Copy']);

/** What every candidate is. */
const PLAIN = words('Sized Clone PartialEq PartialOrd Debug Display Default ToString ToOwned Send Any Unpin');

const NUMBER = [
  ...PLAIN,
  ...OPERATORS,
  ...words('Copy Sync Neg FromStr LowerExp UpperExp'),
  ...numbers(
    'Num NumCast NumOps NumRef RefNum NumAssign NumAssignOps NumAssignRef ToPrimitive FromPrimitive AsPrimitive Zero One ' +
      'ConstZero ConstOne Bounded Signed MulAdd MulAddAssign Pow ToBytes FromBytes TotalOrder Euclid',
  ),
];

const KNOWN = {
  int: new Set([
    ...NUMBER,
    ...BIT_OPERATORS,
    ...words('Eq Ord Hash Not'),
    ...numbers(
      'PrimInt Integer Roots Saturating SaturatingAdd SaturatingSub SaturatingMul CheckedAdd CheckedSub CheckedMul CheckedDiv CheckedRem CheckedNeg CheckedShl ' +
        'CheckedShr CheckedEuclid WrappingAdd WrappingSub WrappingMul WrappingNeg WrappingShl WrappingShr OverflowingAdd OverflowingSub OverflowingMul',
    ),
  ]),
  float: new Set([...NUMBER, ...numbers('Float FloatCore FloatConst Real Inv')]),
  hostObject: new Set([...PLAIN, ...words('Eq Ord Hash')]),
  stream: new Set(words('Sized Clone Debug Any Unpin Read BufRead Write Seek')),
  text: new Set([...PLAIN, ...words('Sync Eq Ord Hash FromStr')]),
  bytes: new Set([...words('Sized Clone PartialEq PartialOrd Debug Default ToOwned Send Any Unpin Sync Eq Ord Hash')]),
} as const;

function knownTraits(value: Value): ReadonlySet<string> {
  switch (value.kind) {
    case 'int':
    case 'float':
    case 'hostObject':
    case 'stream':
      return KNOWN[value.kind];
    case 'text':
    case 'bytes':
      return value.owner === 'String' || value.owner === 'Vec' ? KNOWN[value.kind] : new Set();
    default:
      return new Set();
  }
}
