/** Traits of std that read as methods in Python: conversions from and to other types, collecting, hashing, streams. */

import { madeSignature } from '../../interface/signature.ts';
import { rustSymbol } from '../../emit/rust.ts';
import { rustType, typePath } from '../../interface/rust.ts';
import type {
  EnumItem,
  ErrorValue,
  Implementation,
  Method,
  Parameter,
  Path,
  Receiver,
  StructItem,
  Value,
} from '../../interface/types.ts';
import { itemKey, keyPath } from '../../interface/types.ts';
import { preference } from './overloads.ts';

/** A method under the first of its names that is free; several where the argument decides. */
export interface StdMethod {
  readonly names: readonly string[];
  readonly methods: readonly Method[];
}

type Own = Extract<Value, { kind: 'own' }>;

/** A type and how code writes it. */
interface Subject {
  readonly item: Pick<StructItem, 'path' | 'span'>;
  readonly self: Own;
  readonly rust: string;
}

/**
 * What the traits of std that a type implements offer beside its own methods.
 *
 * @param isMadeByDefault whether the constructor is that of `Default`
 */
export function stdMethods(self: Own, item: StructItem | EnumItem, isMadeByDefault: boolean): readonly StdMethod[] {
  const { implementations } = item.type;
  const subject: Subject = { item, self, rust: typePath(item.path) };
  const own = implementations.filter((one) => one.self.kind === 'own' && one.self.item === self.item);
  return [
    ...(isMadeByDefault ? [] : of(own, 'core::default::Default').map(() => byDefault(subject))),
    ...of(own, 'core::str::traits::FromStr').map((one) => parse(subject, one)),
    ...grouped(own.flatMap((one) => conversionFrom(subject, one))),
    ...grouped([
      ...implementations.flatMap((one) => conversionTo(subject, one)),
      ...own.flatMap((one) => conversionInto(subject, one)),
    ]),
    ...collecting(subject, of(own, 'core::iter::traits::collect::FromIterator'), FROM_ITERATOR),
    ...collecting(subject, of(own, 'core::iter::traits::collect::Extend'), EXTEND),
    ...of(own, 'core::convert::AsRef').flatMap((one) => bytes(subject, one)),
    ...own.flatMap((one) => foreignMethods(subject, one)),
    ...own.flatMap(({ trait }) => (STREAMS[trait] ?? []).map((one) => streamMethod(subject, one))),
  ];
}

function of(implementations: readonly Implementation[], trait: string): readonly Implementation[] {
  return implementations.filter((one) => one.trait === trait);
}

function byDefault(subject: Subject): StdMethod {
  const method = madeMethod(subject, 'Default', 'default', {
    callee: `<${subject.rust} as std::default::Default>::default`,
    signature: madeSignature(undefined, [], subject.self),
  });
  return { names: ['default'], methods: [method] };
}

function parse(subject: Subject, { errors }: Implementation): StdMethod {
  const text: Parameter = { name: 'text', value: { kind: 'text', owner: 'str' } };
  const output = fallible(subject.self, errors.get('Err'));
  const method = madeMethod(subject, 'FromStr', 'from_str', {
    callee: `<${subject.rust} as std::str::FromStr>::from_str`,
    signature: madeSignature(undefined, [text], output),
  });
  return { names: ['parse', 'from_str'], methods: [method] };
}

interface Conversion {
  readonly name: string;
  readonly other: Value;
  readonly method: Method;
}

/** `From<X>` and `TryFrom<X>`. */
function conversionFrom(subject: Subject, { trait, self, arguments: [other], errors }: Implementation): Conversion[] {
  const form = CONVERSIONS[trait];
  if (!form || !other) return [];
  const type = shown(other);
  const output = form.fails ? fallible(self, errors.get('Error')) : self;
  const method = madeMethod(subject, `${form.name}<${type}>`, form.method, {
    callee: `<${subject.rust} as std::convert::${form.name}<_>>::${form.method}`,
    signature: madeSignature(undefined, [{ name: 'value', value: other }], output),
  });
  return [{ name: `from_${kindName(other)}`, other, method }];
}

/** `impl From<Point> for f64` */
function conversionTo(subject: Subject, implementation: Implementation): Conversion[] {
  const { trait, self: other, arguments: given, errors } = implementation;
  const [source] = given;
  const form = CONVERSIONS[trait];
  const target = source?.kind === 'reference' ? source.of : source;
  if (!form || target?.kind !== 'own' || target.item !== subject.self.item || isObject(other)) return [];
  const rust = rustType(other);
  if (rust === undefined) return [];
  const isLent = source?.kind === 'reference';
  const output = form.fails ? fallible(other, errors.get('Error')) : other;
  const type = `${isLent ? '&' : ''}${subject.rust}`;
  const method: Method = {
    ...madeMethod(subject, '', '', {
      callee: `<${rust} as std::convert::${form.name}<${type}>>::${form.method}`,
      signature: { ...madeSignature(isLent ? 'shared' : 'owned', [], output), ...(source && { self: source }) },
    }),
    path: [`<${shown(other)} as ${form.name}<${shown(source ?? other)}>>`, form.method],
  };
  const isUsedUp = !isLent && !subject.self.clone;
  return [{ name: `${isUsedUp ? 'into' : 'to'}_${kindName(other)}`, other, method }];
}

/** `impl Into<f64> for Degrees`, where `From` cannot be implemented. */
function conversionInto(subject: Subject, { trait, arguments: [other] }: Implementation): Conversion[] {
  const rust = other && rustType(other);
  if (trait !== 'core::convert::Into' || !other || rust === undefined || isObject(other)) return [];
  const method = madeMethod(subject, `Into<${shown(other)}>`, 'into', {
    callee: `<${subject.rust} as std::convert::Into<${rust}>>::into`,
    signature: madeSignature('owned', [], other),
  });
  return [{ name: `${subject.self.clone ? 'to' : 'into'}_${kindName(other)}`, other, method }];
}

const CONVERSIONS: Readonly<
  Record<string, { readonly name: string; readonly method: string; readonly fails: boolean }>
> = {
  'core::convert::From': { name: 'From', method: 'from', fails: false },
  'core::convert::TryFrom': { name: 'TryFrom', method: 'try_from', fails: true },
};

/** One method for all types that look alike in Python. */
function grouped(conversions: readonly Conversion[]): StdMethod[] {
  const names = [...new Set(conversions.map(({ name }) => name))];
  return names.map((name) => {
    const alike = conversions.filter((conversion) => conversion.name === name);
    const sorted = [...alike].sort((a, b) => preference(a.other) - preference(b.other));
    return { names: [name], methods: sorted.map(({ method }) => method) };
  });
}

interface Collecting {
  readonly name: string;
  readonly method: string;
  readonly receiver: Receiver | undefined;
}

const FROM_ITERATOR: Collecting = { name: 'FromIterator', method: 'from_iter', receiver: undefined };
const EXTEND: Collecting = { name: 'Extend', method: 'extend', receiver: 'exclusive' };

/** Nothing tells the items of two iterables apart, so the most usual of several implementations stands for all. */
function collecting(subject: Subject, found: readonly Implementation[], form: Collecting): StdMethod[] {
  const sorted = [...found].sort((a, b) => preference(itemOf(a)) - preference(itemOf(b)));
  return sorted.slice(0, 1).map((one) => {
    const item = itemOf(one);
    const output: Value = form.receiver === undefined ? one.self : { kind: 'unit' };
    const method = madeMethod(subject, `${form.name}<${shown(item)}>`, form.method, {
      callee: `<${subject.rust} as std::iter::${form.name}<_>>::${form.method}`,
      signature: madeSignature(
        form.receiver,
        [{ name: 'items', value: { kind: 'iterator', form: 'into', of: item } }],
        output,
      ),
    });
    return { names: [form.method], methods: [method] };
  });
}

function itemOf({ arguments: [item] }: Implementation): Value {
  return item ?? { kind: 'unit' };
}

/** `AsRef<[u8]>` is `bytes(value)`. */
function bytes(subject: Subject, { methods }: Implementation): StdMethod[] {
  const method = methods.find(({ signature: { output } }) => output.kind === 'bytes');
  if (!method) return [];
  const callee = `<${subject.rust} as std::convert::AsRef<[u8]>>::as_ref`;
  const path = implementationPath(subject, 'AsRef<[u8]>', 'as_ref');
  return [{ names: ['__bytes__'], methods: [{ ...method, path, callee }] }];
}

/** Methods of traits of std that have no other meaning in Python. */
function foreignMethods(subject: Subject, { trait, methods }: Implementation): StdMethod[] {
  const name = FOREIGN[trait];
  if (name === undefined) return [];
  return methods.map((method) => {
    const own = method.path.at(-1) ?? '';
    const path = implementationPath(subject, name.split('::').at(-1) ?? '', own);
    return { names: [own], methods: [{ ...method, path, callee: `<${subject.rust} as ${name}>::${own}` }] };
  });
}

const FOREIGN: Readonly<Record<string, string>> = {
  'core::hash::Hasher': 'std::hash::Hasher',
  'core::hash::BuildHasher': 'std::hash::BuildHasher',
  'core::fmt::Write': 'std::fmt::Write',
};

/** A method of Python's files, and the runtime's function that does it. */
interface StreamMethod {
  readonly trait: string;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly output: Value;
  readonly callee: (type: string) => string;
}

const INT: Value = { kind: 'int', type: 'i64' };
const OPTIONAL_INT: Value = { kind: 'option', of: INT };
const BYTES: Value = { kind: 'bytes', owner: 'Vec' };

const STREAMS: Readonly<Record<string, readonly StreamMethod[]>> = {
  'std::io::Read': [
    {
      trait: 'Read',
      name: 'read',
      parameters: [{ name: 'size', value: OPTIONAL_INT }],
      output: BYTES,
      callee: (type) => `stream::read::<${type}>`,
    },
  ],
  'std::io::BufRead': [
    {
      trait: 'BufRead',
      name: 'readline',
      parameters: [],
      output: BYTES,
      callee: (type) => `stream::read_line::<${type}>`,
    },
  ],
  'std::io::Write': [
    {
      trait: 'Write',
      name: 'write',
      parameters: [{ name: 'data', value: { kind: 'bytes', owner: 'slice' } }],
      output: { kind: 'int', type: 'usize' },
      callee: (type) => `stream::write::<${type}>`,
    },
    {
      trait: 'Write',
      name: 'flush',
      parameters: [],
      output: { kind: 'unit' },
      callee: (type) => `<${type} as std::io::Write>::flush`,
    },
  ],
  'std::io::Seek': [
    {
      trait: 'Seek',
      name: 'seek',
      parameters: [
        { name: 'offset', value: INT },
        { name: 'whence', value: OPTIONAL_INT },
      ],
      output: { kind: 'int', type: 'u64' },
      callee: (type) => `stream::seek::<${type}>`,
    },
  ],
};

function streamMethod(subject: Subject, { trait, name, parameters, output, callee }: StreamMethod): StdMethod {
  const error: ErrorValue = { kind: 'std', rust: 'std::io::Error' };
  const method = madeMethod(subject, trait, name, {
    callee: callee(subject.rust),
    signature: madeSignature('exclusive', parameters, { kind: 'result', ok: output, error }),
  });
  return { names: [name], methods: [method] };
}

/** A word for what a type is in Python: `int`, `str`, `bytes`, `point`. */
function kindName(value: Value): string {
  switch (value.kind) {
    case 'reference':
    case 'pointer':
    case 'exclusive':
    case 'wrapping':
      return kindName(value.of);
    case 'own':
      return snakeCase(rustSymbol((keyPath(value.item).at(-1) ?? '').replaceAll(/\w*::/g, '')));
    case 'wellKnown':
      return snakeCase(value.type.split('::').at(-1) ?? '');
    case 'unsupported':
      return snakeCase(/(\w+)\W*$/.exec(value.rust.replaceAll(/<.*>/g, ''))?.[1] ?? 'other');
    default:
      return KINDS[value.kind] ?? value.kind;
  }
}

const KINDS: Readonly<Partial<Record<Value['kind'], string>>> = {
  nonZero: 'int',
  text: 'str',
  byteArray: 'bytes',
  sequence: 'list',
  array: 'list',
  inPlace: 'list',
  map: 'dict',
  iterator: 'iter',
  hostObject: 'object',
  duration: 'timedelta',
  systemTime: 'datetime',
  osText: 'path',
  ipAddress: 'ip',
};

export function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, '_').toLowerCase();
}

function isObject(value: Value): boolean {
  return value.kind === 'own' && value.form === 'object';
}

function fallible(ok: Value, error: ErrorValue | undefined): Value {
  return { kind: 'result', ok, error: error ?? { kind: 'unsupported', rust: '_' } };
}

/** A type as people write it, without the leading `::` of code. */
function shown(value: Value): string {
  return (rustType(value) ?? (value.kind === 'unsupported' ? value.rust : '_')).replaceAll(/(?<![\w>])::/g, '');
}

function implementationPath({ item }: Subject, trait: string, method: string): Path {
  return [`<${itemKey(item.path)} as ${trait}>`, method];
}

function madeMethod(
  subject: Subject,
  trait: string,
  method: string,
  made: Pick<Method, 'callee' | 'signature'>,
): Method {
  const path = implementationPath(subject, trait, method);
  const { span } = subject.item;
  return { kind: 'method', path, name: method, docs: '', span, deprecated: undefined, alternatives: [], ...made };
}
