/**
 * Types of crates that many crates use, and that mean something in every host: big integers, dates, identifiers.
 *
 * They are recognised by the crate and the name of their definition, whatever the source calls them.
 */

import type { RustdocPath, RustdocType } from '../rustdoc/format.ts';
import type { Value } from './types.ts';

/** What the reading of a well-known type needs. */
export interface WellKnownReader {
  readonly read: (type: RustdocType) => Value;
  /** The path of a type's definition. */
  readonly definitionOf: (path: RustdocPath) => string | undefined;
}

type WellKnownValue = Extract<Value, { kind: 'wellKnown' }>;
type Read = (given: readonly RustdocType[], reader: WellKnownReader) => WellKnownValue | undefined;

/** The value of a type that crate `crate` defines as `name`; undefined when it is none of these, or has unfit arguments. */
export function wellKnownValue(
  definition: string,
  path: RustdocPath,
  reader: WellKnownReader,
): WellKnownValue | undefined {
  return TYPES[shortName(definition)]?.(typesOf(path), reader);
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
  if (!zone || zone === 'infer' || !zone.resolved_path) return undefined;
  const isLocal = shortName(definitionOf(zone.resolved_path) ?? '') === 'chrono::Local';
  const value: Value = isLocal ? { kind: 'wellKnown', type: 'chrono::Local', arguments: [] } : read(zone);
  const isKnown = value.kind === 'wellKnown' && ZONES.has(value.type);
  return isKnown ? { kind: 'wellKnown', type: 'chrono::DateTime', arguments: [value] } : undefined;
};

const ZONES: ReadonlySet<string> = new Set(['chrono::Utc', 'chrono::FixedOffset', 'chrono::Local']);

const TYPES: Readonly<Record<string, Read>> = {
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
