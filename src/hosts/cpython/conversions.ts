import { children } from '../../interface/rust.ts';
import { rustSymbol } from '../../emit/rust.ts';
/**
 * The conversion table of the CPython host: for each kind of value what Python people pass and get, and the runtime's conversion that does it.
 * Code, stubs, `check` and the support table all come from these rows.
 */

import { rustErrorType } from '../../interface/rust.ts';
import { type ErrorValue, type ItemKey, keyPath, type Value } from '../../interface/types.ts';
import { foreignBase } from './foreign-errors.ts';
import { builtin, imported, NONE, type PyType, union } from './type.ts';
import { WELL_KNOWN, wellKnownConversion, wellKnownSamples } from './well-known.ts';

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
const TEXT: Value = { kind: 'text', owner: 'str' };

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
    conversion: ({ of }) => lentConversion(of),
    samples: [{ kind: 'reference', of: { kind: 'sequence', owner: 'Vec', element: I64 } }],
  },
  eternal: {
    argument: ({ of }) => pyArgument(of),
    result: ({ of }) => pyResult(of),
    conversion: ({ of }) => `c::OwnStatic<${classSymbol(of.item)}>`,
    samples: [],
  },
  exclusive: {
    argument: ({ of }) => pyArgument(of),
    result: ({ of }) => pyResult(of),
    conversion: ({ of }) => (isObject(of) ? `c::OwnMut<${classSymbol(of.item)}>` : conversionOf(of)),
    samples: [{ kind: 'exclusive', of: STRING }],
  },
  hostObject: {
    argument: ({ parameter }) => ({ kind: 'variable', name: parameter }),
    result: ({ parameter }) => ({ kind: 'variable', name: parameter }),
    conversion: () => 'c::Host',
    samples: [],
  },
  view: {
    argument: undefined,
    result: ({ of }) => pyResult(of),
    conversion: ({ of, isExclusive }) =>
      isObject(of) ? `c::${isExclusive ? 'ViewMut' : 'View'}<${classSymbol(of.item)}>` : unreachable(of),
    samples: [],
  },
  iterator: {
    argument: ({ form, of }) =>
      form === 'collected' ? listArgument(of) : imported('collections.abc', 'Iterable', pyArgument(of)),
    result: ({ of }) => imported('collections.abc', 'Iterator', itemType(of)),
    conversion: ({ form, of }) => `c::${form === 'collected' ? 'Vec' : 'IterIn'}<${conversionOf(of)}>`,
    samples: [{ kind: 'iterator', form: 'value', of: I64 }],
  },
  callback: {
    argument: (value) => ({
      kind: 'callable',
      arguments: value.arguments.map(pyResult),
      result: callbackResult(value.result),
    }),
    result: undefined,
    conversion: (value) =>
      `c::${value.isKept ? 'Kept' : ''}Callback<${tupleOf(value.arguments.map(conversionOf))}, ${callbackResultConversion(value.result)}>`,
    samples: [
      { kind: 'callback', form: 'value', arguments: [I64], result: I64, isKept: false },
      { kind: 'callback', form: 'reference', arguments: [TEXT], result: { kind: 'bool' }, isKept: false },
    ],
  },
  stream: {
    argument: streamType,
    result: () => imported('typing', 'Any'),
    conversion: ({ reads, writes }) => `c::Stream<${reads}, ${writes}>`,
    samples: [
      { kind: 'stream', reads: true, writes: false, isText: false },
      { kind: 'stream', reads: false, writes: true, isText: false },
    ],
  },
  shown: { argument: undefined, result: () => str, conversion: () => 'c::Text<String>', samples: [] },
  result: {
    argument: undefined,
    result: ({ ok, error }) => union(pyResult(ok), errorType(error)),
    conversion: ({ ok, error }) => `c::Outcome<${conversionOf(ok)}, ${errorConversionOf(error)}>`,
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
    argument: ownType,
    result: ownType,
    conversion: ({ item, form, clone }) =>
      form === 'names'
        ? `c::EnumMember<${enumSymbol(item)}>`
        : form === 'error'
          ? `c::${clone ? 'ThrownClone' : 'Thrown'}<${errorSymbol(item)}>`
          : `c::${clone ? 'OwnClone' : 'Own'}<${classSymbol(item)}>`,
    samples: [],
  },
  wellKnown: {
    argument: (value) => WELL_KNOWN[value.type].argument(value.arguments.map(pyArgument), value),
    result: (value) => WELL_KNOWN[value.type].result(value.arguments.map(pyResult), value),
    conversion: (value) => wellKnownConversion(value, value.arguments.map(conversionOf)),
    samples: wellKnownSamples(),
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
export function isObject(value: Value): value is Of<'own'> & { readonly form: 'object' } {
  return value.kind === 'own' && value.form === 'object';
}

/** A value that lives in an exception: it can be moved, and lent if it is not copied. */
export function isThrown(value: Value): value is Of<'own'> & { readonly form: 'error' } {
  return value.kind === 'own' && value.form === 'error';
}

function lentConversion(of: Value): string {
  if (isObject(of)) return `c::OwnRef<${classSymbol(of.item)}>`;
  return isThrown(of) && !of.clone ? `c::ThrownRef<${errorSymbol(of.item)}>` : `c::Ref<${conversionOf(of)}>`;
}

/** The zero-sized type that stands for an enum without data in the shim. */
export function enumSymbol(item: ItemKey): string {
  return classSymbol(item).replace(/^Class/, 'Enum');
}

/** The zero-sized type that stands for a class in the shim. */
export function classSymbol(item: ItemKey): string {
  return rustSymbol('Class', keyPath(item).slice(1).join('__'));
}

/** Sample values of every kind that can cross, for the support table. */
export function samples(): readonly Value[] {
  return Object.values(ROWS).flatMap((row) => row.samples);
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

/** Predicates go by truth, and what nobody asked for is ignored. */
function callbackResult(value: Value): PyType {
  switch (value.kind) {
    case 'unit':
    case 'bool':
      return builtin('object');
    case 'result':
      return callbackResult(value.ok);
    default:
      return pyArgument(value);
  }
}

function callbackResultConversion(value: Value): string {
  switch (value.kind) {
    case 'unit':
      return 'c::Ignored';
    case 'bool':
      return 'c::Truth';
    case 'result':
      return callbackResultConversion(value.ok);
    default:
      return conversionOf(value);
  }
}

/** `Stack[_T]`: a class that holds Python's own objects says which. */
function ownType({ item, arguments: given }: Of<'own'>): PyType {
  const variables = hostParameters(given).map((name) => ({ kind: 'variable', name }) as const);
  return { kind: 'own', item, arguments: variables };
}

/** Names of the parameters, at any depth, that are Python's own objects. */
export function hostParameters(values: readonly Value[]): readonly string[] {
  return values.flatMap((value) => {
    if (value.kind === 'hostObject') return [value.parameter];
    return hostParameters(value.kind === 'own' ? value.arguments : children(value));
  });
}

/** What is asked of a file: one method, or all that a binary file has. */
function streamType({ reads, writes, isText }: Of<'stream'>): PyType {
  if (reads === writes) return imported('typing', 'BinaryIO');
  return imported('_typeshed', reads ? 'SupportsRead' : 'SupportsWrite', isText ? str : bytes);
}

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
  if (type === 'Bounds') return union(range, builtin('slice'));
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

/** Builtin exceptions that the configuration names for errors of other crates. */
type ConfiguredBases = ReadonlyMap<string, string>;

/** The runtime's conversion for an error. */
export function errorConversionOf(error: ErrorValue, bases: ConfiguredBases = new Map()): string {
  switch (error.kind) {
    case 'std':
      return `e::Std<${error.rust}>`;
    case 'text':
      return `e::Text<${error.rust}>`;
    case 'boxed':
      return `e::Boxed<${error.rust}>`;
    case 'unit':
      return 'e::Unit';
    case 'own': {
      const symbol = `${errorSymbol(error.item)}${error.lifetimes?.length ? "<'_>" : ''}`;
      return error.pointer ? `e::Pointed<${symbol}, ${rustErrorType(error) ?? '_'}>` : symbol;
    }
    case 'value':
      return `e::Value<${conversionOf(error.of)}>`;
    case 'anyhow':
      return `w::anyhow::Error<e::base::${foreignBase(error, bases)}>`;
    case 'foreign':
      return `e::Foreign<_, e::base::${foreignBase(error, bases)}>`;
    case 'unsupported':
      throw new Error('an unsupported error was planned');
  }
}

/** The zero-sized type that stands for an error in the shim. */
export function errorSymbol(item: ItemKey): string {
  return classSymbol(item).replace(/^Class/, 'Error');
}

/** What an error is where it is not raised. */
function errorType(error: ErrorValue): PyType {
  return error.kind === 'own' ? { kind: 'own', item: error.item, arguments: [] } : builtin('Exception');
}

/** Type of the items that an iterator gives: an error among them is raised. */
export function itemType(item: Value): PyType {
  return pyResult(item.kind === 'result' ? item.ok : item);
}

/** The conversion of an iterator's items. */
export function itemConversion(item: Value, bases?: ConfiguredBases): string {
  if (item.kind !== 'result') return conversionOf(item);
  return `c::Fallible<${conversionOf(item.ok)}, ${errorConversionOf(item.error, bases)}>`;
}
