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
}

type WellKnownValue = Extract<Value, { kind: 'wellKnown' }>;
type Read = (given: readonly RustdocType[], reader: WellKnownReader) => WellKnownValue | undefined;

/** The value of a type that crate `crate` defines as `name`; undefined when it is none of these, or has unfit arguments. */
export function wellKnownValue(
  definition: string,
  path: RustdocPath,
  reader: WellKnownReader,
): WellKnownValue | undefined {
  const parts = definition.split('::');
  return TYPES[`${parts[0]}::${parts.at(-1)}`]?.(typesOf(path), reader);
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

const TYPES: Readonly<Record<string, Read>> = {
  'bytes::Bytes': plain('bytes::Bytes'),
  'bytes::BytesMut': plain('bytes::BytesMut'),
  'num_bigint::BigInt': plain('num_bigint::BigInt'),
  'num_bigint::BigUint': plain('num_bigint::BigUint'),
  'num_complex::Complex': ofFloat('num_complex::Complex'),
  'num_complex::Complex32': complex('f32'),
  'num_complex::Complex64': complex('f64'),
  'ordered_float::NotNan': ofFloat('ordered_float::NotNan'),
  'ordered_float::OrderedFloat': ofFloat('ordered_float::OrderedFloat'),
  'uuid::Uuid': plain('uuid::Uuid'),
};
