/** How types of well-known crates cross: rows beside those of `conversions.ts`. */

import type { Value, WellKnownType } from '../../interface/types.ts';
import { builtin, imported, type PyType, union } from './type.ts';

type WellKnownValue = Extract<Value, { kind: 'wellKnown' }>;

/** As a row of the table; what the type's arguments are comes settled. */
interface WellKnownRow {
  readonly argument: (given: readonly PyType[]) => PyType;
  readonly result: (given: readonly PyType[]) => PyType;
  /** Arguments of the conversion, which is called like the type. */
  readonly parameters: (value: WellKnownValue, given: readonly string[]) => readonly string[];
  /** Type arguments to show it with. */
  readonly samples: readonly (readonly Value[])[];
}

/** The conversion of `ferrule-well-known`, as a Rust type: `w::num_complex::Complex<f64>`. */
export function wellKnownConversion(value: WellKnownValue, given: readonly string[]): string {
  const parameters = WELL_KNOWN[value.type].parameters(value, given);
  const name = NEWER[value.type] ?? value.type;
  return `w::${name}${parameters.length === 0 ? '' : `<${parameters.join(', ')}>`}`;
}

/** Conversions in modules of their own, as older versions of the crate lack the type. */
const NEWER: Partial<Record<WellKnownType, string>> = { 'time::UtcDateTime': 'time_utc::UtcDateTime' };

/** A value of each type. */
export function wellKnownSamples(): readonly WellKnownValue[] {
  return Object.entries(WELL_KNOWN).flatMap(([type, { samples }]) =>
    samples.map((given) => ({ kind: 'wellKnown' as const, type: type as WellKnownType, arguments: given })),
  );
}

const F64: Value = { kind: 'float', type: 'f64' };

/** A type without parameters. */
const plain = (result: PyType, argument: PyType = result): WellKnownRow => ({
  argument: () => argument,
  result: () => result,
  parameters: () => [],
  samples: [[]],
});

/** A type of a machine's float: `Complex<f64>`. */
const ofFloat = (type: PyType): WellKnownRow => ({
  ...plain(type),
  parameters: (value) => value.arguments.map((of) => (of.kind === 'float' ? of.type : '_')),
  samples: [[F64]],
});

const bytes = plain(
  builtin('bytes'),
  union(imported('typing_extensions', 'Buffer'), imported('collections.abc', 'Sequence', builtin('int'))),
);

const date = plain(imported('datetime', 'date'));
const time = plain(imported('datetime', 'time'));
const datetime = plain(imported('datetime', 'datetime'));
const delta = plain(imported('datetime', 'timedelta'));
const zone = plain(imported('datetime', 'timezone'), imported('datetime', 'tzinfo'));

/** The number of a weekday (Monday is 0) or of a month (January is 1), as `datetime` has it. */
const number = plain(builtin('int'));

/** Only the zone of a datetime. */
const zoneAlone: WellKnownRow = { ...zone, samples: [] };

/** A row for each type. */
export const WELL_KNOWN: Readonly<Record<WellKnownType, WellKnownRow>> = {
  'bytes::Bytes': bytes,
  'bytes::BytesMut': bytes,
  'chrono::DateTime': {
    ...datetime,
    parameters: (value) => value.arguments.map((of) => (of.kind === 'wellKnown' ? of.type : '_')),
    samples: [[{ kind: 'wellKnown', type: 'chrono::Utc', arguments: [] }]],
  },
  'chrono::Duration': delta,
  'chrono::FixedOffset': zone,
  'chrono::Local': zoneAlone,
  'chrono::Month': number,
  'chrono::NaiveDate': date,
  'chrono::NaiveDateTime': datetime,
  'chrono::NaiveTime': time,
  'chrono::Utc': zone,
  'chrono::Weekday': number,
  'jiff::SignedDuration': delta,
  'jiff::Timestamp': datetime,
  'jiff::Zoned': datetime,
  'jiff::civil::Date': date,
  'jiff::civil::DateTime': datetime,
  'jiff::civil::Time': time,
  'jiff::civil::Weekday': number,
  'jiff::tz::Offset': zone,
  'num_bigint::BigInt': plain(builtin('int')),
  'num_bigint::BigUint': plain(builtin('int')),
  'num_complex::Complex': ofFloat(builtin('complex')),
  'ordered_float::NotNan': ofFloat(builtin('float')),
  'ordered_float::OrderedFloat': ofFloat(builtin('float')),
  'time::Date': date,
  'time::Duration': delta,
  'time::Month': number,
  'time::OffsetDateTime': datetime,
  'time::PrimitiveDateTime': datetime,
  'time::Time': time,
  'time::UtcDateTime': datetime,
  'time::UtcOffset': zone,
  'time::Weekday': number,
  'uuid::Uuid': plain(imported('uuid', 'UUID')),
};
