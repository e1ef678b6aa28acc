/**
 * Types of crates that many crates use, and that mean something in every host: big integers, dates, identifiers.
 *
 * They are recognised by the crate and the name of their definition, whatever the source calls them.
 */

import type { RustdocPath, RustdocType } from '../rustdoc/format.ts';
import { foreignError } from './foreign-errors.ts';
import type { ErrorValue, Value } from './types.ts';

/** What the reading of a well-known type needs. */
export interface WellKnownReader {
  readonly read: (type: RustdocType) => Value;
  /** The path of a type's definition. */
  readonly definitionOf: (path: RustdocPath) => string | undefined;
  /** How a hasher is made; undefined when nothing says how. */
  readonly hasher: (type: RustdocType | undefined) => 'default' | 'made' | undefined;
}

type WellKnownValue = Extract<Value, { kind: 'wellKnown' }>;
type Read = (given: readonly RustdocType[], reader: WellKnownReader, path: RustdocPath) => WellKnownValue | undefined;

/** The value of a type that crate `crate` defines as `name`; undefined when it is none of these, or has unfit arguments. */
export function wellKnownValue(
  definition: string,
  path: RustdocPath,
  reader: WellKnownReader,
): WellKnownValue | undefined {
  return TYPES[shortName(definition)]?.(typesOf(path), reader, path);
}

/** The error of an alias of another crate for `Result`, which only its name tells: `anyhow::Result`, `chrono::ParseResult`. */
export function errorOfAlias(definition: string, rust: string): ErrorValue {
  if (shortName(definition) === 'anyhow::Result') return { kind: 'anyhow' };
  return foreignError(definition.replace(/Result$/, 'Error'), rust);
}

/** Whether it is the error that holds any other. */
export function isAnyError(definition: string): boolean {
  return shortName(definition) === 'anyhow::Error';
}

/** The type as Rust writes it; undefined where an argument cannot be written. */
export function wellKnownRust(value: WellKnownValue, given: readonly (string | undefined)[]): string | undefined {
  if (given.includes(undefined) || value.ownHasher) return undefined;
  const [of = ''] = given;
  if (value.type === 'smallvec::SmallVec') return `${value.type}<[${of}; ${value.length}]>`;
  if (value.type === 'serde_json::Map') return `${value.type}<String, serde_json::Value>`;
  const parameters = value.length === undefined ? given : [...given, String(value.length)];
  return parameters.length === 0 ? value.type : `${value.type}<${parameters.join(', ')}>`;
}

/** The crate and the name: where in the crate a type is defined differs between versions. */
function shortName(definition: string): string {
  const parts = definition.split('::');
  return `${parts[0]}::${parts.at(-1)}`;
}

function typesOf(path: RustdocPath): readonly RustdocType[] {
  const args = path.args?.angle_bracketed?.args ?? [];
  return args.flatMap((argument) => (argument !== 'infer' && argument.type ? [argument.type] : []));
}

const plain =
  (type: WellKnownValue['type']): Read =>
  () => ({ kind: 'wellKnown', type, arguments: [] });

/** Of a number: `Complex<f64>`. */
const ofFloat =
  (type: WellKnownValue['type']): Read =>
  ([of], { read }) => {
    const value = of && read(of);
    return value?.kind === 'float' ? { kind: 'wellKnown', type, arguments: [value] } : undefined;
  };

const complex =
  (of: 'f32' | 'f64'): Read =>
  () => ({ kind: 'wellKnown', type: 'num_complex::Complex', arguments: [{ kind: 'float', type: of }] });

/** Of a time zone. */
const zoned: Read = ([zone], { read, definitionOf }) => {
  if (!zone || zone === 'infer') return undefined;
  const path = zone.resolved_path;
  const isLocal = path && shortName(definitionOf(path) ?? '') === 'chrono::Local';
  const value: Value = isLocal ? { kind: 'wellKnown', type: 'chrono::Local', arguments: [] } : read(zone);
  const isKnown = value.kind === 'wellKnown' && ZONES.has(value.type);
  return isKnown ? { kind: 'wellKnown', type: 'chrono::DateTime', arguments: [value] } : undefined;
};

const ZONES: ReadonlySet<string> = new Set(['chrono::Utc', 'chrono::FixedOffset', 'chrono::Local']);

/** Of values, and nothing else: `Either<L, R>`. */
const ofValues =
  (type: WellKnownValue['type'], count: number): Read =>
  (given, { read }) =>
    given.length === count ? { kind: 'wellKnown', type, arguments: given.map(read) } : undefined;

/** A map or set, whose hasher comes after its keys and values. */
const hashed =
  (type: WellKnownValue['type'], count: number): Read =>
  (given, { read, hasher }) => {
    const made = hasher(given[count]);
    if (given.length < count || made === undefined) return undefined;
    const values = given.slice(0, count).map(read);
    return { kind: 'wellKnown', type, arguments: values, ...(made === 'made' && { ownHasher: true }) };
  };

/** Of a number of values at most: `ArrayVec<T, 4>`, `ArrayString<16>`. */
const limited =
  (type: WellKnownValue['type']): Read =>
  (given, { read }, path) => {
    const args = path.args?.angle_bracketed?.args ?? [];
    const [length] = args.flatMap((argument) => (argument !== 'infer' && argument.const ? [argument.const] : []));
    return length && sized(type, given.map(read), length.value ?? length.expr);
  };

/** `SmallVec<[T; 4]>` */
const small: Read = ([array], { read }) =>
  array && array !== 'infer' && array.array
    ? sized('smallvec::SmallVec', [read(array.array.type)], array.array.len)
    : undefined;

function sized(type: WellKnownValue['type'], given: readonly Value[], length: string): WellKnownValue | undefined {
  const number = /^[\d_]+/.exec(length)?.[0].replaceAll('_', '');
  return number === undefined ? undefined : { kind: 'wellKnown', type, arguments: given, length: Number(number) };
}

/** JSON's own map; there are others of that name. */
const json: Read = ([key, value], { read }) => {
  const isOwn = key && value && read(key).kind === 'text' && read(value).kind === 'wellKnown';
  return isOwn ? { kind: 'wellKnown', type: 'serde_json::Map', arguments: [] } : undefined;
};

const TYPES: Readonly<Record<string, Read>> = {
  'arrayvec::ArrayString': limited('arrayvec::ArrayString'),
  'arrayvec::ArrayVec': limited('arrayvec::ArrayVec'),
  'bytes::Bytes': plain('bytes::Bytes'),
  'bytes::BytesMut': plain('bytes::BytesMut'),
  'chrono::DateTime': zoned,
  'chrono::Duration': plain('chrono::Duration'),
  'chrono::FixedOffset': plain('chrono::FixedOffset'),
  'chrono::Month': plain('chrono::Month'),
  'chrono::NaiveDate': plain('chrono::NaiveDate'),
  'chrono::NaiveDateTime': plain('chrono::NaiveDateTime'),
  'chrono::NaiveTime': plain('chrono::NaiveTime'),
  'chrono::TimeDelta': plain('chrono::Duration'),
  'chrono::Utc': plain('chrono::Utc'),
  'chrono::Weekday': plain('chrono::Weekday'),
  'either::Either': ofValues('either::Either', 2),
  'hashbrown::HashMap': hashed('hashbrown::HashMap', 2),
  'hashbrown::HashSet': hashed('hashbrown::HashSet', 1),
  'indexmap::IndexMap': hashed('indexmap::IndexMap', 2),
  'indexmap::IndexSet': hashed('indexmap::IndexSet', 1),
  'jiff::Date': plain('jiff::civil::Date'),
  'jiff::DateTime': plain('jiff::civil::DateTime'),
  'jiff::Offset': plain('jiff::tz::Offset'),
  'jiff::SignedDuration': plain('jiff::SignedDuration'),
  'jiff::Time': plain('jiff::civil::Time'),
  'jiff::Timestamp': plain('jiff::Timestamp'),
  'jiff::Weekday': plain('jiff::civil::Weekday'),
  'jiff::Zoned': plain('jiff::Zoned'),
  'num_bigint::BigInt': plain('num_bigint::BigInt'),
  'num_bigint::BigUint': plain('num_bigint::BigUint'),
  'num_complex::Complex': ofFloat('num_complex::Complex'),
  'num_complex::Complex32': complex('f32'),
  'num_complex::Complex64': complex('f64'),
  'ordered_float::NotNan': ofFloat('ordered_float::NotNan'),
  'ordered_float::OrderedFloat': ofFloat('ordered_float::OrderedFloat'),
  'rust_decimal::Decimal': plain('rust_decimal::Decimal'),
  'serde_json::Map': json,
  'serde_json::Number': plain('serde_json::Number'),
  'serde_json::Value': plain('serde_json::Value'),
  'smallvec::SmallVec': small,
  'time::Date': plain('time::Date'),
  'time::Duration': plain('time::Duration'),
  'time::Month': plain('time::Month'),
  'time::OffsetDateTime': plain('time::OffsetDateTime'),
  'time::PrimitiveDateTime': plain('time::PrimitiveDateTime'),
  'time::Time': plain('time::Time'),
  'time::UtcDateTime': plain('time::UtcDateTime'),
  'time::UtcOffset': plain('time::UtcOffset'),
  'time::Weekday': plain('time::Weekday'),
  'uuid::Uuid': plain('uuid::Uuid'),
};

/** Libraries that have such types: their items are not read, also where they are re-exported. */
export const wellKnownCrates: ReadonlySet<string> = new Set(
  Object.keys(TYPES).map((name) => name.split('::')[0] ?? ''),
);
