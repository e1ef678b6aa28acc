/** Methods that are functions of the module: of enums without data and of errors. */

import { assignment, list } from '../../../emit/layout.ts';
import { rustCString } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import type { Path } from '../../../interface/types.ts';
import type { ConstantPlan } from '../constants.ts';
import { type MemberPlan, withoutObject } from '../members.ts';
import type { ModulePlan } from '../plan.ts';
import { functionSignature, textSignature } from '../signature.ts';
import { associatedName } from './constants.ts';
import { entry, entryOf, functionShape } from './entry.ts';

/** Whose members they are. */
export interface Owner {
  /** Names derive from it: `Enum_Color`, `Error_ParseError`. */
  readonly symbol: string;
  readonly name: string;
  /** In Rust. */
  readonly path: Path;
}

/** One method, and its place for the table. */
export function memberEntry(plan: ModulePlan, owner: Owner, member: MemberPlan): string {
  const { plan: fn } = member;
  const symbol = memberSymbol(owner, fn.name);
  const parts = [rustCString(fn.name), rustCString(`${textSignature(fn, '$module')}${fn.docs}`), entryOf(fn, symbol)];
  // What stands in the crate for it.
  const blamed = fn.path[0] === 'std' ? owner.path : fn.path;
  return text`
    /// \`${blamed.join('::')}\` as \`${owner.name}.${functionSignature(withoutObject(member))}\`.
    ${entry(plan, fn, { ...functionShape(fn, symbol), title: `${owner.name}.${fn.name}` })}
    ${assignment(`const ${memberConstant(owner, fn.name)}: Function`, 'Function::new(', parts, ');')}
  `;
}

/** The C function of a method. */
export function memberSymbol({ symbol }: Pick<Owner, 'symbol'>, name: string): string {
  return `${symbol.replace(/^[A-Za-z]+/, 'method')}_${name}`;
}

/** The constant beside it. */
export function memberConstant({ symbol }: Pick<Owner, 'symbol'>, name: string): string {
  return `${symbol.replace(/^[A-Za-z]+/, 'METHOD')}_${name}`;
}

/** The fields of a definition that list what stands on the class; `special` are methods by their names alone. */
export function memberTables(
  owner: Pick<Owner, 'symbol'>,
  members: readonly MemberPlan[],
  constants: readonly ConstantPlan[],
  special: readonly string[] = [],
): readonly string[] {
  const named = (binding: MemberPlan['binding']): readonly string[] =>
    members.filter((member) => member.binding === binding).map(({ plan }) => plan.name);
  const table = (field: string, names: readonly string[]): string => list(`${field}: &[`, names, ']', 5);
  return [
    table(
      'methods',
      [...named('instance'), ...special].map((name) => memberConstant(owner, name)),
    ),
    table(
      'functions',
      named('static').map((name) => memberConstant(owner, name)),
    ),
    table(
      'constants',
      constants.map((constant) => associatedName(owner.symbol, constant)),
    ),
  ];
}
