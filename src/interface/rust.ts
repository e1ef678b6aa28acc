/** A {@link Value} as the Rust type that generated code can write, with absolute paths. */

import { wellKnownRust } from './well-known.ts';
import { type ErrorValue, type ItemKey, keyPath, type Path, type Value } from './types.ts';

const KEYWORDS = new Set(
  (
    'abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl in ' +
    'let loop macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe ' +
    'unsized use virtual where while yield'
  ).split(' '),
);

/** An identifier as code has to write it: `type` becomes `r#type`. */
export function rustIdentifier(name: string): string {
  return KEYWORDS.has(name) ? `r#${name}` : name;
}

/** `['demo', 'type', 'f']` -> `::demo::r#type::f`: resolved in the extern prelude, whatever the shim itself defines. */
export function rustPath(path: Path): string {
  return `::${path.map(segment).join('::')}`;
}

/** `Matrix<f64>` -> `Matrix::<f64>`, as expressions and patterns have it. */
function segment(name: string): string {
  const place = name.indexOf('<');
  return place < 0 ? rustIdentifier(name) : `${rustIdentifier(name.slice(0, place))}::${name.slice(place)}`;
}

/**
 * The type that `value` was read from; undefined where it cannot be written (a hasher that is not named in the model).
 *
 * @example rustType({ kind: 'sequence', owner: 'slice', element: { kind: 'float', type: 'f64' } }) // '&[f64]'
 */
export function rustType(value: Value): string | undefined {
  switch (value.kind) {
    case 'unit':
      return '()';
    case 'never':
      return '!';
    case 'bool':
    case 'char':
      return value.kind;
    case 'int':
    case 'float':
      return value.type;
    case 'nonZero':
      return `std::num::NonZero<${value.type}>`;
    case 'wrapping':
      return wrap('std::num::Wrapping', value.of);
    case 'text':
      return TEXT[value.owner];
    case 'bytes':
      return owned(value.owner, 'u8');
    case 'byteArray':
      return `[u8; ${value.length}]`;
    case 'sequence': {
      const element = rustType(value.element);
      return element && owned(value.owner, element);
    }
    case 'array': {
      const element = rustType(value.element);
      return element && `[${element}; ${value.length}]`;
    }
    case 'inPlace': {
      const element = rustType(value.element);
      return element && (value.owner === 'slice' ? `&mut [${element}]` : `&mut Vec<${element}>`);
    }
    case 'tuple':
      return tuple(value.elements);
    case 'map':
      return value.ownHasher ? undefined : wrap(`std::collections::${value.owner}`, value.key, value.value);
    case 'set':
      return value.ownHasher ? undefined : wrap(`std::collections::${value.owner}`, value.element);
    case 'option':
      return wrap('Option', value.of);
    case 'pointer':
      return wrap(POINTERS[value.owner], value.of);
    case 'reference':
      return prefix('&', value.of);
    case 'eternal':
      return prefix("&'static ", value.of);
    case 'exclusive':
      return prefix('&mut ', value.of);
    case 'view':
      return prefix(value.isExclusive ? '&mut ' : '&', value.of);
    case 'iterator':
    case 'callback':
    case 'shown':
      return undefined;
    case 'hostObject':
      return 'HostObject';
    case 'stream':
      return 'HostFile';
    case 'result':
      return resultType(value);
    case 'duration':
      return 'std::time::Duration';
    case 'systemTime':
      return 'std::time::SystemTime';
    case 'path':
      return pathLike(value.owner, 'std::path::Path', 'std::path::PathBuf');
    case 'osText':
      return pathLike(value.owner, 'std::ffi::OsStr', 'std::ffi::OsString');
    case 'ipAddress':
      return `std::net::${value.type}`;
    case 'ordering':
      return 'std::cmp::Ordering';
    case 'range':
      if (value.type === 'Bounds') {
        const bound = wrap('std::ops::Bound', value.of);
        return bound && `(${bound}, ${bound})`;
      }
      return wrap(`std::ops::${value.type}`, value.of);
    case 'own':
      return ownType(value);
    case 'wellKnown':
      return wellKnownRust(value, value.arguments.map(rustType));
    case 'unsupported':
      return undefined;
  }
}

/** The type of an error; undefined where it cannot be written. */
export function rustErrorType(error: ErrorValue): string | undefined {
  switch (error.kind) {
    case 'std':
    case 'text':
    case 'boxed':
      return error.rust;
    case 'unit':
      return '()';
    case 'own':
      return error.pointer ? `${POINTERS[error.pointer]}<${ownType(error)}>` : ownType(error);
    case 'value':
      return rustType(error.of);
    case 'anyhow':
      return 'anyhow::Error';
    case 'foreign':
    case 'unsupported':
      return undefined;
  }
}

function ownType({ item, lifetimes = [] }: { readonly item: ItemKey; readonly lifetimes?: readonly string[] }): string {
  return typePath(
    keyPath(item),
    lifetimes.map(() => "'_"),
  );
}

/** A type, with its lifetimes: `::demo::Node<'_, '_>`, `::demo::Tree<'_, f64>`. In an expression {@link rustPath} writes `::<`. */
export function typePath(path: Path, lifetimes: readonly string[] = []): string {
  const name = path.at(-1) ?? '';
  const [bare = '', types = ''] = /^([^<]*)(?:<(.*)>)?$/s.exec(name)?.slice(1) ?? [];
  const given = [...lifetimes, ...(types === '' ? [] : [types])];
  return `${rustPath([...path.slice(0, -1), bare])}${given.length === 0 ? '' : `<${given.join(', ')}>`}`;
}

/** Whether the type borrows: its lifetime would have to be written in a result. */
export function borrows(value: Value): boolean {
  switch (value.kind) {
    case 'text':
      return value.owner === 'str' || value.owner === 'Cow';
    case 'bytes':
      return value.owner === 'slice' || value.owner === 'Cow';
    case 'path':
    case 'osText':
      return value.owner === 'ref';
    case 'inPlace':
    case 'reference':
    case 'exclusive':
    case 'view':
      return true;
    case 'sequence':
      return value.owner === 'slice' || value.owner === 'Cow' || borrows(value.element);
    case 'callback':
      return !value.isKept;
    case 'own':
      return isBorrowing(value) || value.arguments.some(borrows);
    case 'result':
      return borrows(value.ok) || (value.error.kind === 'text' && value.error.borrows);
    default:
      return children(value).some(borrows);
  }
}

/** Whether a value of an own type has a lifetime that ends. */
export function isBorrowing({ lifetimes = [] }: Extract<Value, { kind: 'own' }>): boolean {
  return lifetimes.some((lifetime) => lifetime !== "'static");
}

/** How many lifetimes would have to be written. */
export function countBorrows(value: Value): number {
  const inside = children(value).reduce((sum, child) => sum + countBorrows(child), 0);
  if (value.kind === 'own') return inside + (value.lifetimes?.length ?? 0);
  const isOne = children(value).length === 0 ? borrows(value) : isReference(value);
  return inside + Number(isOne);
}

export function isReference(value: Value): boolean {
  switch (value.kind) {
    case 'inPlace':
    case 'reference':
    case 'exclusive':
    case 'view':
      return true;
    case 'sequence':
      return value.owner === 'slice' || value.owner === 'Cow';
    default:
      return false;
  }
}

/** The values inside a value. */
export function children(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'sequence':
    case 'array':
    case 'inPlace':
    case 'set':
      return [value.element];
    case 'tuple':
      return value.elements;
    case 'map':
      return [value.key, value.value];
    case 'option':
    case 'pointer':
    case 'reference':
    case 'eternal':
    case 'exclusive':
    case 'iterator':
    case 'wrapping':
    case 'range':
      return [value.of];
    case 'result':
      return [value.ok];
    case 'callback':
      return [...value.arguments, value.result];
    case 'wellKnown':
      return value.arguments;
    default:
      return [];
  }
}

const TEXT: Record<Extract<Value, { kind: 'text' }>['owner'], string> = {
  str: '&str',
  String: 'String',
  Box: 'Box<str>',
  Arc: 'std::sync::Arc<str>',
  Rc: 'std::rc::Rc<str>',
  Cow: "std::borrow::Cow<'_, str>",
};

/** The types of pointers, as code writes them. */
export const POINTERS = { Box: 'Box', Arc: 'std::sync::Arc', Rc: 'std::rc::Rc' } as const;

function owned(owner: Extract<Value, { kind: 'sequence' }>['owner'], element: string): string {
  switch (owner) {
    case 'slice':
      return `&[${element}]`;
    case 'Vec':
      return `Vec<${element}>`;
    case 'VecDeque':
    case 'LinkedList':
    case 'BinaryHeap':
      return `std::collections::${owner}<${element}>`;
    case 'Box':
    case 'Arc':
    case 'Rc':
      return `${POINTERS[owner]}<[${element}]>`;
    case 'Cow':
      return `std::borrow::Cow<'_, [${element}]>`;
  }
}

function pathLike(owner: string, borrowed: string, buffer: string): string {
  if (owner === 'ref') return `&${borrowed}`;
  if (owner === 'Box' || owner === 'Arc' || owner === 'Rc') return `${POINTERS[owner]}<${borrowed}>`;
  return buffer;
}

function wrap(name: string, ...values: readonly Value[]): string | undefined {
  const types = values.map(rustType);
  return types.includes(undefined) ? undefined : `${name}<${types.join(', ')}>`;
}

function resultType({ ok, error }: Extract<Value, { kind: 'result' }>): string | undefined {
  const types = [rustType(ok), rustErrorType(error)];
  return types.includes(undefined) ? undefined : `Result<${types.join(', ')}>`;
}

function prefix(sign: string, value: Value): string | undefined {
  const type = rustType(value);
  return type && `${sign}${type}`;
}

function tuple(elements: readonly Value[]): string | undefined {
  const types = elements.map(rustType);
  if (types.includes(undefined)) return undefined;
  return types.length === 1 ? `(${types[0]},)` : `(${types.join(', ')})`;
}
