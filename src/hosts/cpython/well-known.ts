/** How types of well-known crates cross: rows beside those of `conversions.ts`. */

import type { Value, WellKnownType } from '../../interface/types.ts';
import { builtin, imported, type PyType, union } from './type.ts';

type WellKnownValue = Extract<Value, { kind: 'wellKnown' }>;

/** As a row of the table; what the type's arguments are comes settled. */
interface WellKnownRow {
  readonly argument: (given: readonly PyType[], value: WellKnownValue) => PyType;
  readonly result: (given: readonly PyType[], value: WellKnownValue) => PyType;
  /** Arguments of the conversion, which is called like the type. */
  readonly parameters: (value: WellKnownValue, given: readonly string[]) => readonly string[];
  /** What to show it with. */
  readonly samples: readonly Pick<WellKnownValue, 'arguments' | 'length'>[];
  /** Whether the first argument is that of keys. */
  readonly hasKeys?: true;
  /** Lists and the like are no keys. */
  readonly isHashable?: false;
}

/** The conversion of `ferrule-well-known`, as a Rust type: `w::num_complex::Complex<f64>`. */
export function wellKnownConversion(value: WellKnownValue, given: readonly string[]): string {
  const parameters = WELL_KNOWN[value.type].parameters(value, given);
  const name = conversionName(value);
  return `w::${name}${parameters.length === 0 ? '' : `<${parameters.join(', ')}>`}`;
}

/** Conversions in modules of their own, as older versions of the crate lack the type. */
const NEWER: Partial<Record<WellKnownType, string>> = { 'time::UtcDateTime': 'time_utc::UtcDateTime' };

function conversionName(value: WellKnownValue): string {
  if (isOfBytes(value)) return value.type.replace('::', '::Byte');
  return NEWER[value.type] ?? value.type;
}

/** Vectors of bytes are bytes. */
function isOfBytes({ length, arguments: [of] }: WellKnownValue): boolean {
  return length !== undefined && of?.kind === 'int' && of.type === 'u8';
}

/** A value of each type. */
export function wellKnownSamples(): readonly WellKnownValue[] {
  return Object.entries(WELL_KNOWN).flatMap(([type, { samples }]) =>
    samples.map((sample) => ({ kind: 'wellKnown' as const, type: type as WellKnownType, ...sample })),
  );
}

const F64: Value = { kind: 'float', type: 'f64' };
const TEXT: Value = { kind: 'text', owner: 'String' };

/** What `json.loads` gives, for type checkers, too. */
const ANY = imported('typing', 'Any');

/** A type without parameters. */
const plain = (result: PyType, argument: PyType = result): WellKnownRow => ({
  argument: () => argument,
  result: () => result,
  parameters: () => [],
  samples: [{ arguments: [] }],
});

/** A type of a machine's float: `Complex<f64>`. */
const ofFloat = (type: PyType): WellKnownRow => ({
  ...plain(type),
  parameters: (value) => value.arguments.map((of) => (of.kind === 'float' ? of.type : '_')),
  samples: [{ arguments: [F64] }],
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

const buffer = imported('typing_extensions', 'Buffer');
const sequence = (of: PyType): PyType => imported('collections.abc', 'Sequence', of);

/** A list with a limit, or bytes. */
const list = (parameters: WellKnownRow['parameters']): WellKnownRow => ({
  argument: ([of = ANY], value) => {
    if (isOfBytes(value)) return union(buffer, sequence(builtin('int')));
    const isNumeric = ['int', 'float', 'bool'].includes(value.arguments[0]?.kind ?? '');
    return isNumeric ? union(sequence(of), buffer) : sequence(of);
  },
  result: ([of = ANY], value) => (isOfBytes(value) ? builtin('bytes') : builtin('list', of)),
  parameters,
  samples: [{ arguments: [F64], length: 4 }],
  isHashable: false,
});

const map: WellKnownRow = {
  argument: (given) => imported('collections.abc', 'Mapping', ...given),
  result: (given) => builtin('dict', ...given),
  parameters: (_, given) => [...given, '_'],
  samples: [{ arguments: [TEXT, F64] }],
  hasKeys: true,
  isHashable: false,
};

const set: WellKnownRow = {
  argument: (given) => imported('collections.abc', 'Iterable', ...given),
  result: (given) => builtin('set', ...given),
  parameters: (_, given) => [...given, '_'],
  samples: [{ arguments: [TEXT] }],
  hasKeys: true,
  isHashable: false,
};

/** The number of a weekday (Monday is 0) or of a month (January is 1), as `datetime` has it. */
const number = plain(builtin('int'));

/** Only the zone of a datetime. */
const zoneAlone: WellKnownRow = { ...zone, samples: [] };

const decimal = imported('decimal', 'Decimal');

/** A row for each type. */
export const WELL_KNOWN: Readonly<Record<WellKnownType, WellKnownRow>> = {
  'arrayvec::ArrayString': {
    ...plain(builtin('str')),
    parameters: ({ length }) => [String(length)],
    samples: [{ arguments: [], length: 16 }],
  },
  'arrayvec::ArrayVec': list((value, given) => [...(isOfBytes(value) ? [] : given), String(value.length)]),
  'bytes::Bytes': bytes,
  'bytes::BytesMut': bytes,
  'chrono::DateTime': {
    ...datetime,
    parameters: (value) => value.arguments.map((of) => (of.kind === 'wellKnown' ? of.type : '_')),
    samples: [{ arguments: [{ kind: 'wellKnown', type: 'chrono::Utc', arguments: [] }] }],
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
  'either::Either': {
    argument: (given) => union(...given),
    result: (given) => union(...given),
    parameters: (_, given) => given,
    samples: [{ arguments: [F64, TEXT] }],
  },
  'hashbrown::HashMap': map,
  'hashbrown::HashSet': set,
  'indexmap::IndexMap': map,
  'indexmap::IndexSet': set,
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
  'rust_decimal::Decimal': plain(decimal, union(decimal, builtin('int'))),
  'serde_json::Map': {
    ...plain(builtin('dict', builtin('str'), ANY), imported('collections.abc', 'Mapping', builtin('str'), ANY)),
    isHashable: false,
  },
  'serde_json::Number': plain(union(builtin('int'), builtin('float'))),
  'serde_json::Value': { ...plain(ANY), isHashable: false },
  'smallvec::SmallVec': list((value, given) => [...(isOfBytes(value) ? [] : given), '_']),
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
