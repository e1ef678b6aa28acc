/**
 * The conversion table of the CPython host: for each kind of value what Python people pass and get, and the runtime's conversion that does it.
 * Code, stubs, `check` and the support table all come from these rows.
 */

import {
  borrowedResult,
  borrowForEver,
  callbackParameter,
  constGeneric,
  exclusiveReference,
  foreignType,
  genericType,
  hasherWithoutDefault,
  hiddenType,
  inPlaceElsewhere,
  iteratorType,
  nestedOption,
  nestedResult,
  pointerType,
  resultArgument,
  sliceOfObjects,
  traitObject,
  unhashableKey,
  unsupportedType,
  wideTuple,
} from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { children, rustType } from '../../interface/rust.ts';
import type { ItemKey, Value } from '../../interface/types.ts';
import { builtin, imported, NONE, type PyType, union } from './type.ts';

type Kind = Value['kind'];
type Of<K extends Kind> = Extract<Value, { kind: K }>;

/** How one kind of value crosses. `undefined` for a direction that does not exist. */
interface Row<V> {
  /** What a caller may pass. */
  readonly argument: ((value: V) => PyType) | undefined;
  /** What a caller gets. */
  readonly result: ((value: V) => PyType) | undefined;
  /** The runtime's conversion, as a Rust type. */
  readonly conversion: (value: V) => string;
  /** Values of this kind for the support table. */
  readonly samples: readonly Value[];
}

const int = builtin('int');
const float = builtin('float');
const str = builtin('str');
const bytes = builtin('bytes');
const buffer = imported('typing_extensions', 'Buffer');
const sequence = (element: PyType): PyType => imported('collections.abc', 'Sequence', element);

const I64: Value = { kind: 'int', type: 'i64' };
const F64: Value = { kind: 'float', type: 'f64' };
const STRING: Value = { kind: 'text', owner: 'String' };

/** A list of something; numbers also come as any buffer. */
function listArgument(element: Value): PyType {
  const list = sequence(pyArgument(element));
  return isNumeric(element) ? union(list, buffer) : list;
}

function isNumeric(value: Value): boolean {
  switch (value.kind) {
    case 'int':
    case 'float':
    case 'bool':
      return true;
    case 'sequence':
    case 'array':
      return isNumeric(value.element);
    default:
      return false;
  }
}

const path = imported('pathlib', 'Path');
const pathArgument = (): PyType =>
  union(str, bytes, imported('os', 'PathLike', str), imported('os', 'PathLike', bytes));
const scalar = (type: PyType) => ({ argument: () => type, result: () => type });

const ROWS: { readonly [K in Kind]: Row<Of<K>> } = {
  unit: { argument: undefined, result: () => NONE, conversion: () => 'c::Unit', samples: [{ kind: 'unit' }] },
  never: {
    argument: undefined,
    result: () => imported('typing', 'NoReturn'),
    conversion: () => 'c::Never',
    samples: [{ kind: 'never' }],
  },
  bool: { ...scalar(builtin('bool')), conversion: () => 'c::Bool', samples: [{ kind: 'bool' }] },
  int: {
    ...scalar(int),
    conversion: ({ type }) => `c::Int<${type}>`,
    samples: [I64, { kind: 'int', type: 'u8' }, { kind: 'int', type: 'u128' }],
  },
  nonZero: {
    ...scalar(int),
    conversion: ({ type }) => `c::NonZero<std::num::NonZero<${type}>>`,
    samples: [{ kind: 'nonZero', type: 'u32' }],
  },
  wrapping: {
    argument: ({ of }) => pyArgument(of),
    result: ({ of }) => pyResult(of),
    conversion: ({ of }) => `c::Wrapping<${conversionOf(of)}>`,
    samples: [{ kind: 'wrapping', of: { kind: 'int', type: 'u32' } }],
  },
  float: {
    ...scalar(float),
    conversion: ({ type }) => `c::Float<${type}>`,
    samples: [F64, { kind: 'float', type: 'f32' }],
  },
  char: { ...scalar(str), conversion: () => 'c::Char', samples: [{ kind: 'char' }] },
  text: {
    ...scalar(str),
    conversion: ({ owner }) =>
      owner === 'str' ? 'c::Str' : owner === 'Cow' ? 'c::CowStr' : `c::Text<${pointed(owner, 'str')}>`,
    samples: [{ kind: 'text', owner: 'str' }, STRING, { kind: 'text', owner: 'Cow' }, { kind: 'text', owner: 'Arc' }],
  },
  bytes: {
    argument: () => union(buffer, sequence(int)),
    result: () => bytes,
    conversion: ({ owner }) =>
      owner === 'slice' ? 'c::Bytes' : owner === 'Cow' ? 'c::CowBytes' : `c::ByteString<${pointed(owner, '[u8]')}>`,
    samples: [
      { kind: 'bytes', owner: 'slice' },
      { kind: 'bytes', owner: 'Vec' },
    ],
  },
  byteArray: {
    argument: () => union(buffer, sequence(int)),
    result: () => bytes,
    conversion: ({ length }) => `c::ByteArray<${length}>`,
    samples: [{ kind: 'byteArray', length: 16 }],
  },
  sequence: {
    argument: ({ element }) => listArgument(element),
    result: ({ element }) => builtin('list', pyResult(element)),
    conversion: ({ owner, element }) => `c::${SEQUENCES[owner]}<${conversionOf(element)}>`,
    samples: [
      { kind: 'sequence', owner: 'slice', element: F64 },
      { kind: 'sequence', owner: 'Vec', element: I64 },
      { kind: 'sequence', owner: 'Vec', element: STRING },
      { kind: 'sequence', owner: 'Vec', element: { kind: 'sequence', owner: 'Vec', element: F64 } },
      { kind: 'sequence', owner: 'VecDeque', element: I64 },
    ],
  },
  array: {
    argument: ({ element }) => listArgument(element),
    result: ({ element }) => builtin('list', pyResult(element)),
    conversion: ({ element, length }) => `c::Array<${conversionOf(element)}, ${length}>`,
    samples: [{ kind: 'array', element: F64, length: 3 }],
  },
  inPlace: {
    argument: inPlaceArgument,
    result: undefined,
    conversion: inPlaceConversion,
    samples: [
      { kind: 'inPlace', owner: 'slice', element: I64 },
      { kind: 'inPlace', owner: 'Vec', element: STRING },
      { kind: 'inPlace', owner: 'slice', element: { kind: 'int', type: 'u8' } },
      { kind: 'inPlace', owner: 'Vec', element: { kind: 'int', type: 'u8' } },
    ],
  },
  tuple: {
    argument: ({ elements }) => builtin('tuple', ...elements.map(pyArgument)),
    result: ({ elements }) => builtin('tuple', ...elements.map(pyResult)),
    conversion: ({ elements }) => tupleOf(elements.map(conversionOf)),
    samples: [{ kind: 'tuple', elements: [I64, STRING] }],
  },
  map: {
    argument: ({ key, value }) => imported('collections.abc', 'Mapping', pyArgument(key), pyArgument(value)),
    result: ({ key, value }) => builtin('dict', pyResult(key), pyResult(value)),
    conversion: ({ owner, key, value, ownHasher }) =>
      `c::${owner}<${conversionOf(key)}, ${conversionOf(value)}${ownHasher ? ', _' : ''}>`,
    samples: [
      { kind: 'map', owner: 'HashMap', key: STRING, value: I64, ownHasher: false },
      { kind: 'map', owner: 'BTreeMap', key: STRING, value: I64, ownHasher: false },
    ],
  },
  set: {
    argument: ({ element }) => imported('collections.abc', 'Iterable', pyArgument(element)),
    result: ({ element }) => builtin('set', pyResult(element)),
    conversion: ({ owner, element, ownHasher }) => `c::${owner}<${conversionOf(element)}${ownHasher ? ', _' : ''}>`,
    samples: [
      { kind: 'set', owner: 'HashSet', element: STRING, ownHasher: false },
      { kind: 'set', owner: 'BTreeSet', element: I64, ownHasher: false },
    ],
  },
  option: {
    argument: ({ of }) => union(pyArgument(of), NONE),
    result: ({ of }) => union(pyResult(of), NONE),
    conversion: ({ of }) => `c::Option<${conversionOf(of)}>`,
    samples: [{ kind: 'option', of: I64 }],
  },
  pointer: {
    argument: ({ of }) => pyArgument(of),
    result: ({ of }) => pyResult(of),
    conversion: ({ owner, of }) => `c::${owner}<${conversionOf(of)}>`,
    samples: [{ kind: 'pointer', owner: 'Box', of: F64 }],
  },
  reference: {
    argument: ({ of }) => pyArgument(of),
    result: ({ of }) => pyResult(of),
    conversion: ({ of }) => (isObject(of) ? `c::OwnRef<${classSymbol(of.item)}>` : `c::Ref<${conversionOf(of)}>`),
    samples: [{ kind: 'reference', of: { kind: 'sequence', owner: 'Vec', element: I64 } }],
  },
  exclusive: {
    argument: ({ of }) => pyArgument(of),
    result: ({ of }) => pyResult(of),
    conversion: ({ of }) => (isObject(of) ? `c::OwnMut<${classSymbol(of.item)}>` : unreachable(of)),
    samples: [],
  },
  iterator: {
    argument: ({ of }) => imported('collections.abc', 'Iterable', pyArgument(of)),
    result: ({ of }) => imported('collections.abc', 'Iterator', pyResult(of)),
    conversion: ({ of }) => `c::IterIn<${conversionOf(of)}>`,
    samples: [{ kind: 'iterator', of: I64 }],
  },
  result: {
    argument: undefined,
    result: ({ ok }) => pyResult(ok),
    conversion: ({ ok }) => conversionOf(ok),
    samples: [{ kind: 'result', ok: I64, error: { kind: 'std', rust: 'std::num::ParseIntError' } }],
  },
  duration: {
    ...scalar(imported('datetime', 'timedelta')),
    conversion: () => 'c::Duration',
    samples: [{ kind: 'duration' }],
  },
  systemTime: {
    ...scalar(imported('datetime', 'datetime')),
    conversion: () => 'c::SystemTime',
    samples: [{ kind: 'systemTime' }],
  },
  path: {
    argument: pathArgument,
    result: () => path,
    conversion: ({ owner }) => (owner === 'ref' ? 'c::Path' : `c::PathText<${pointed(owner, 'std::path::Path')}>`),
    samples: [
      { kind: 'path', owner: 'ref' },
      { kind: 'path', owner: 'PathBuf' },
    ],
  },
  osText: {
    argument: pathArgument,
    result: () => path,
    conversion: ({ owner }) => (owner === 'ref' ? 'c::OsStr' : `c::OsText<${pointed(owner, 'std::ffi::OsStr')}>`),
    samples: [{ kind: 'osText', owner: 'OsString' }],
  },
  ipAddress: {
    argument: ({ type }) => union(...ipTypes(type), str),
    result: ({ type }) => union(...ipTypes(type)),
    conversion: ({ type }) => `c::IpAddr<std::net::${type}>`,
    samples: [{ kind: 'ipAddress', type: 'IpAddr' }],
  },
  ordering: { ...scalar(int), conversion: () => 'c::Ordering', samples: [{ kind: 'ordering' }] },
  range: {
    argument: ({ type }) => rangeType(type),
    result: ({ type }) => rangeType(type),
    conversion: ({ type, of }) => `c::${type}<${of.kind === 'int' ? of.type : '_'}>`,
    samples: [{ kind: 'range', type: 'Range', of: { kind: 'int', type: 'usize' } }],
  },
  own: {
    argument: ({ item }) => ({ kind: 'own', item }),
    result: ({ item }) => ({ kind: 'own', item }),
    conversion: ({ item, form, clone }) =>
      form === 'names'
        ? `c::EnumMember<${enumSymbol(item)}>`
        : `c::${clone ? 'OwnClone' : 'Own'}<${classSymbol(item)}>`,
    samples: [],
  },
  unsupported: { argument: undefined, result: undefined, conversion: unreachable, samples: [] },
};

/** Type of an argument of this value. */
export function pyArgument(value: Value): PyType {
  return required(rowOf(value).argument?.(value), value);
}

/** Type of a result of this value. */
export function pyResult(value: Value): PyType {
  return required(rowOf(value).result?.(value), value);
}

/** The runtime's conversion for this value, as a Rust type: `c::Vec<c::Int<i64>>`. */
export function conversionOf(value: Value): string {
  return rowOf(value).conversion(value);
}

/** A value of the crate's own type. */
export function isOwn(value: Value): value is Of<'own'> {
  return value.kind === 'own';
}

/** A value that lives in an object: it can be lent and moved. */
export function isObject(value: Value): value is Of<'own'> {
  return value.kind === 'own' && value.form === 'object';
}

/** The zero-sized type that stands for an enum without data in the shim. */
export function enumSymbol(item: ItemKey): string {
  return classSymbol(item).replace(/^Class/, 'Enum');
}

/** The zero-sized type that stands for a class in the shim. */
export function classSymbol(item: ItemKey): string {
  return `Class_${item.split('::').slice(1).join('__')}`;
}

/** Sample values of every kind that can cross, for the support table. */
export function samples(): readonly Value[] {
  return Object.values(ROWS).flatMap((row) => row.samples);
}

/** Why a type of the crate cannot cross; undefined when it is a class. */
export type RefuseOwn = (item: ItemKey) => Message | undefined;

/** Why `value` cannot be a parameter; undefined when it can. */
export function refuseArgument(value: Value, own: RefuseOwn): Message | undefined {
  if (value.kind === 'inPlace') return refuseNestedArgument(value.element, own);
  if (value.kind === 'iterator') return refuseNestedArgument(value.of, own);
  if (value.kind === 'exclusive' && isObject(value.of)) return own(value.of.item);
  return refuseNestedArgument(value, own);
}

/** Why `value` cannot be a result; undefined when it can. */
export function refuseResult(value: Value, own: RefuseOwn): Message | undefined {
  const returned = value.kind === 'result' ? value.ok : value;
  return refuseNestedResult(returned.kind === 'iterator' ? returned.of : returned, own);
}

function refuseNestedArgument(value: Value, own: RefuseOwn): Message | undefined {
  const rust = rustType(value) ?? 'Result';
  switch (value.kind) {
    case 'inPlace':
      return inPlaceElsewhere({ type: rust });
    case 'result':
      return resultArgument();
    case 'unit':
      return unsupportedType({ type: '()' });
    case 'map':
      return refuseEach(value, own, refuseNestedArgument);
    case 'sequence':
      return refuseSlice(value) ?? refuseEach(value, own, refuseNestedArgument);
    default:
      return refuseCommon(value, own) ?? refuseEach(value, own, refuseNestedArgument);
  }
}

function refuseNestedResult(value: Value, own: RefuseOwn): Message | undefined {
  switch (value.kind) {
    case 'inPlace':
      return exclusiveReference({ type: rustType(value) ?? '&mut' });
    case 'result':
      return nestedResult();
    case 'map':
      return refuseKey(value.key) ?? refuseEach(value, own, refuseNestedResult);
    case 'set':
      return refuseKey(value.element) ?? refuseEach(value, own, refuseNestedResult);
    default:
      return refuseLent(value) ?? refuseCommon(value, own) ?? refuseEach(value, own, refuseNestedResult);
  }
}

/** What is lent out of another object, or shared with others, has to be copied with all that it contains. */
function refuseLent(value: Value): Message | undefined {
  const isShared = value.kind === 'reference' || (value.kind === 'pointer' && value.owner !== 'Box');
  const stuck = isShared ? uncopyable(value.of) : undefined;
  return stuck && borrowedResult({ type: stuck.item });
}

function uncopyable(value: Value): Of<'own'> | undefined {
  if (isOwn(value)) return value.clone ? undefined : value;
  return children(value)
    .map(uncopyable)
    .find((found) => found !== undefined);
}

/** Elements of a slice are lent, so they cannot be moved out of their objects. */
function refuseSlice({ owner, element }: Of<'sequence'>): Message | undefined {
  const isMoved = owner === 'slice' && isObject(element) && !element.clone;
  return isMoved ? sliceOfObjects({ type: `&[${element.item}]` }) : undefined;
}

function refuseCommon(value: Value, own: RefuseOwn): Message | undefined {
  switch (value.kind) {
    case 'exclusive':
      return refuseEach(value, own, refuseCommon) ?? exclusiveReference({ type: rustType(value) ?? '&mut' });
    case 'iterator':
      return iteratorType({ type: 'impl Iterator' });
    case 'own':
      return own(value.item);
    case 'unsupported':
      return refuseUnsupported(value);
    case 'option':
      return value.of.kind === 'option' ? nestedOption({ type: rustType(value) ?? 'Option<Option<_>>' }) : undefined;
    case 'wrapping':
    case 'range':
      return value.of.kind === 'int' ? undefined : unsupportedType({ type: rustType(value) ?? value.kind });
    case 'tuple':
      return value.elements.length > 12 ? wideTuple({ count: value.elements.length }) : undefined;
    default:
      return undefined;
  }
}

function refuseUnsupported({ rust, cause }: Of<'unsupported'>): Message {
  switch (cause) {
    case 'generic':
    case 'impl-trait':
      return genericType({ type: rust });
    case 'callback':
      return callbackParameter({ type: rust });
    case 'iterator':
      return iteratorType({ type: rust });
    case 'trait-object':
      return traitObject({ type: rust });
    case 'raw-pointer':
    case 'function-pointer':
      return pointerType({ type: rust });
    case 'foreign-type':
      return foreignType({ type: rust });
    case 'hidden-type':
      return hiddenType({ type: rust });
    case 'const-generic':
      return constGeneric({ type: rust });
    case 'static-borrow':
      return borrowForEver({ type: rust });
    case 'hasher':
      return hasherWithoutDefault({ type: rust });
    case 'other':
      return unsupportedType({ type: rust });
  }
}

function refuseEach(
  value: Value,
  own: RefuseOwn,
  refuse: (value: Value, own: RefuseOwn) => Message | undefined,
): Message | undefined {
  for (const child of children(value)) {
    const message = refuse(child, own);
    if (message) return message;
  }
  return undefined;
}

/** A key that Python could not hash. */
function refuseKey(key: Value): Message | undefined {
  if (isHashable(key)) return undefined;
  return unhashableKey({ type: rustType(key) ?? key.kind });
}

function isHashable(value: Value): boolean {
  switch (value.kind) {
    case 'sequence':
    case 'array':
    case 'map':
    case 'set':
      return false;
    default:
      return children(value).every(isHashable);
  }
}

const SEQUENCES: Record<Of<'sequence'>['owner'], string> = {
  slice: 'Slice',
  Vec: 'Vec',
  VecDeque: 'VecDeque',
  LinkedList: 'LinkedList',
  BinaryHeap: 'BinaryHeap',
  Box: 'BoxSlice',
  Arc: 'ArcSlice',
  Rc: 'RcSlice',
  Cow: 'CowSlice',
};

function inPlaceArgument({ element }: Of<'inPlace'>): PyType {
  const list = builtin('list', pyResult(element));
  if (isByte(element)) return union(buffer, list);
  return isNumeric(element) ? union(list, buffer) : list;
}

function inPlaceConversion({ owner, element }: Of<'inPlace'>): string {
  if (isByte(element)) return owner === 'slice' ? 'c::BytesMut' : 'c::ByteVecMut';
  return `c::${owner === 'slice' ? 'SliceMut' : 'VecMut'}<${conversionOf(element)}>`;
}

function isByte(value: Value): boolean {
  return value.kind === 'int' && value.type === 'u8';
}

function tupleOf(elements: readonly string[]): string {
  return elements.length === 1 ? `(${elements[0]},)` : `(${elements.join(', ')})`;
}

function pointed(owner: string, target: string): string {
  switch (owner) {
    case 'Box':
      return `Box<${target}>`;
    case 'Arc':
      return `std::sync::Arc<${target}>`;
    case 'Rc':
      return `std::rc::Rc<${target}>`;
    case 'Vec':
      return 'Vec<u8>';
    case 'PathBuf':
      return 'std::path::PathBuf';
    case 'OsString':
      return 'std::ffi::OsString';
    default:
      return owner;
  }
}

function ipTypes(type: Of<'ipAddress'>['type']): readonly PyType[] {
  const [v4, v6] = [imported('ipaddress', 'IPv4Address'), imported('ipaddress', 'IPv6Address')] as const;
  switch (type) {
    case 'IpAddr':
      return [v4, v6];
    case 'Ipv4Addr':
      return [v4];
    case 'Ipv6Addr':
      return [v6];
  }
}

function rangeType(type: Of<'range'>['type']): PyType {
  const range = builtin('range');
  return type === 'Range' || type === 'RangeInclusive' ? range : builtin('slice');
}

function rowOf<K extends Kind>(value: Of<K>): Row<Value> {
  return ROWS[value.kind] as unknown as Row<Value>;
}

function required<T>(found: T | undefined, value: Value): T {
  return found ?? unreachable(value);
}

function unreachable(value: Value): never {
  throw new Error(`a value of kind ${value.kind} was emitted though the check refuses it`);
}
