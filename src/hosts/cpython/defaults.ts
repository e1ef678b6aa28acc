/** Default values of parameters: `None` for trailing options, others from `[package.metadata.ferrule.defaults]`. */

import { defaultBeforeRequired, defaultUnfit, unknownDefault } from '../../diagnostics/catalogue.ts';
import { type Diagnostic, error } from '../../diagnostics/diagnostic.ts';
import { rustType } from '../../interface/rust.ts';
import type { FunctionItem, Interface, IntType, Method, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import type { DefaultValue, ModuleConfig } from '../../project/config.ts';

/** A value that the runtime makes once per module and passes like an argument. */
export type DefaultLiteral =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'list'; readonly values: readonly DefaultLiteral[] };

export type ParameterDefault =
  | { readonly kind: 'missing' }
  | { readonly kind: 'literal'; readonly index: number; readonly literal: DefaultLiteral };

export class ParameterDefaults {
  readonly #config: ModuleConfig;
  readonly #literals: DefaultLiteral[] = [];
  readonly #used = new Set<string>();

  constructor(config: ModuleConfig) {
    this.#config = config;
  }

  get literals(): readonly DefaultLiteral[] {
    return this.#literals;
  }

  /** One default (or none) for each parameter of a function. */
  choose(
    item: FunctionItem | Method,
    names: readonly string[],
    report: (problem: Diagnostic) => void,
  ): readonly (ParameterDefault | undefined)[] {
    const path = itemKey(item.path);
    const configured = this.#config.defaults.get(path) ?? new Map<string, DefaultValue>();
    for (const name of configured.keys()) {
      if (names.includes(name)) this.#used.add(`${path} ${name}`);
    }
    const { parameters } = item.signature;
    const chosen: (ParameterDefault | undefined)[] = [];
    let trailing = true;
    for (let i = parameters.length - 1; i >= 0; i--) {
      const { value } = parameters[i] as (typeof parameters)[number];
      const name = names[i] ?? '';
      const given = configured.get(name);
      if (given !== undefined && !trailing)
        report(error(defaultBeforeRequired({ path, name }), this.#config.placement));
      chosen[i] = given === undefined ? implicit(value, trailing) : this.#literal(path, name, value, given, report);
      trailing &&= chosen[i] !== undefined;
    }
    return chosen;
  }

  /** Configured defaults of functions or parameters that do not exist. */
  unused(from: Interface): Diagnostic[] {
    const problems: Diagnostic[] = [];
    for (const [path, values] of this.#config.defaults) {
      if (from.items.get(`${path}()`)?.kind !== 'function') continue;
      for (const name of values.keys()) {
        if (!this.#used.has(`${path} ${name}`))
          problems.push(error(unknownDefault({ path, name }), this.#config.placement));
      }
    }
    return problems;
  }

  #literal(
    path: string,
    name: string,
    value: Value,
    given: DefaultValue,
    report: (problem: Diagnostic) => void,
  ): ParameterDefault | undefined {
    const literal = literalFor(value, given);
    if (!literal) {
      const type = rustType(value) ?? value.kind;
      report(error(defaultUnfit({ path, name, value: JSON.stringify(given), type }), this.#config.placement));
      return undefined;
    }
    return { kind: 'literal', index: this.#literals.push(literal) - 1, literal };
  }
}

function implicit(value: Value, trailing: boolean): ParameterDefault | undefined {
  return value.kind === 'option' && trailing ? { kind: 'missing' } : undefined;
}

/** `given` as a literal that `value` takes; undefined when it does not fit. */
function literalFor(value: Value, given: DefaultValue): DefaultLiteral | undefined {
  switch (value.kind) {
    case 'bool':
      return typeof given === 'boolean' ? { kind: 'bool', value: given } : undefined;
    case 'int':
    case 'nonZero':
      return intLiteral(value.type, given, value.kind === 'nonZero');
    case 'float':
      return typeof given === 'number' ? { kind: 'float', value: given } : undefined;
    case 'char':
      return typeof given === 'string' && [...given].length === 1 ? { kind: 'text', value: given } : undefined;
    case 'text':
    case 'path':
    case 'osText':
      return typeof given === 'string' ? { kind: 'text', value: given } : undefined;
    case 'option':
    case 'pointer':
    case 'reference':
    case 'wrapping':
      return literalFor(value.of, given);
    case 'sequence':
      return listLiteral(value.element, given);
    default:
      return undefined;
  }
}

function intLiteral(type: IntType, given: DefaultValue, isNonZero: boolean): DefaultLiteral | undefined {
  if (typeof given !== 'number' || !Number.isSafeInteger(given) || (isNonZero && given === 0)) return undefined;
  const bits = BigInt(type.endsWith('size') ? 64 : Number(type.slice(1)));
  const number = BigInt(given);
  const fits = type.startsWith('u') ? BigInt.asUintN(Number(bits), number) : BigInt.asIntN(Number(bits), number);
  return fits === number ? { kind: 'int', value: number } : undefined;
}

function listLiteral(element: Value, given: DefaultValue): DefaultLiteral | undefined {
  if (!Array.isArray(given)) return undefined;
  const values = given.map((item: DefaultValue) => literalFor(element, item));
  return values.every((item) => item !== undefined) ? { kind: 'list', values } : undefined;
}

/**
 * The literal as Python writes it.
 *
 * @example pythonLiteral({ kind: 'float', value: 2 }) // '2.0'
 */
export function pythonLiteral(literal: DefaultLiteral): string {
  switch (literal.kind) {
    case 'bool':
      return literal.value ? 'True' : 'False';
    case 'int':
      return String(literal.value);
    case 'float':
      return Number.isInteger(literal.value) ? literal.value.toFixed(1) : String(literal.value);
    case 'text':
      return pythonString(literal.value);
    case 'list':
      return `(${literal.values
        .map((value) => `${pythonLiteral(value)}, `)
        .join('')
        .trim()})`;
  }
}

/** `'...'` of printable ASCII: the text signature and the stub are read by simple parsers. */
export function pythonString(content: string): string {
  const escaped = content.replaceAll(/[\\'\n\r\t]|[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n') return '\\n';
    if (character === '\\' || character === "'") return `\\${character}`;
    if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `'${escaped}'`;
}
