/** Rust's names in Python. */

import type { Path } from '../../interface/types.ts';

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/**
 * The Python name of an item, field or variant: normalised as Python's own parser does (NFKC), keywords with a trailing underscore.
 *
 * @example pythonName('from') // 'from_'
 */
export function pythonName(rust: string): string {
  const name = rust.normalize('NFKC');
  return KEYWORDS.has(name) ? `${name}_` : name;
}

/** A variant as a class inside its enum's class: names that would change what an exception is get an underscore. */
export function variantName(variant: string): string {
  if (isReserved(variant)) return `${variant.replaceAll(/^_+|_+$/g, '')}_`;
  const name = pythonName(variant);
  return EXCEPTION_NAMES.has(name) || name === 'mro' ? `${name}_` : name;
}

/** Whether a module can have the name: its init function is an ASCII symbol. */
export function isModuleName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name) && !isReserved(name);
}

/** Whether Python code can write the name. */
export function isName(name: string): boolean {
  return /^[\p{XID_Start}_][\p{XID_Continue}]*$/u.test(name) && !KEYWORDS.has(name);
}

/** Names of parameters: without leading underscores (but for `_0`, a tuple's field), patterns by their place, no name twice. */
export function parameterNames(rust: readonly (string | undefined)[]): readonly string[] {
  const taken = new Set<string>();
  return rust.map((name, index) => {
    const bare = name?.replace(/^_+(?!\d+$)/, '') ?? '';
    let unique = pythonName(bare === '' || /^\p{Nd}/u.test(bare) ? `arg${index}` : bare);
    while (taken.has(unique)) unique += '_';
    taken.add(unique);
    return unique;
  });
}

/** `__name__` and its like belong to Python. */
export function isReserved(name: string): boolean {
  return /^__.*__$/.test(name);
}

/** A module's dotted name. */
export function moduleName(root: string, path: Path): string {
  return [root, ...path.slice(1).map(pythonName)].join('.');
}

/** Names of fields of tuple structs and variants: `_0`, `_1`; `args` would change what the exception is. */
export function attributeName(field: string): string {
  if (/^\d/.test(field)) return `_${field}`;
  const name = pythonName(field);
  return EXCEPTION_NAMES.has(name) ? `${name}_` : name;
}

/** Names that an exception has already. */
export const EXCEPTION_NAMES: ReadonlySet<string> = new Set(['args', 'with_traceback', 'add_note']);
