/** What errors of other crates mean: only their types' names say so. */

import type { ErrorValue, ForeignFailure } from './types.ts';

/** An error of a type that another crate defines at that path; std's types are errors only where they are called so. */
export function foreignError(definition: string, rust: string): ErrorValue {
  const parts = definition.split('::');
  const [crate = '', name = ''] = [parts[0], parts.at(-1)];
  if (STANDARD.has(crate) && !isCalledError(name)) return { kind: 'unsupported', rust };
  return { kind: 'foreign', name: `${crate}::${name}`, rust, means: foreignFailure(crate, name) };
}

const STANDARD: ReadonlySet<string> = new Set(['std', 'core', 'alloc', '']);

function foreignFailure(crate: string, name: string): ForeignFailure {
  const known = KNOWN[`${crate}::${name}`];
  if (known) return known;
  return RULES.find(([pattern]) => pattern.test(name))?.[1] ?? 'failure';
}

/** Whether a type, as Rust writes it, is called like an error, so that a field of it is one. */
export function isCalledError(rust: string): boolean {
  return /Err(or)?(<.*>)?$/.test(rust);
}

/** Types that are called `Error` alone, and mean that the input was wrong. */
const KNOWN: Readonly<Record<string, ForeignFailure>> = {
  'jiff::Error': 'value',
  'regex::Error': 'value',
  'rust_decimal::Error': 'value',
  'semver::Error': 'value',
  'serde_json::Error': 'value',
  'time::ComponentRange': 'value',
  'url::ParseError': 'value',
  'uuid::Error': 'value',
};

const RULES: readonly (readonly [RegExp, ForeignFailure])[] = [
  [/OutOfRange|Overflow|TryFromBigInt|TryFromInt/, 'range'],
  [/TryReserve|Alloc/, 'memory'],
  [/Parse|Decod|Invalid|Utf8|FromHex|NaN/, 'value'],
];
