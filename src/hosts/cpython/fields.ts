/** Fields of structs and variants: as properties, and as the parameters of a constructor. */

import { reservedName } from '../../diagnostics/catalogue.ts';
import { madeSignature } from '../../interface/signature.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { borrowsForever } from '../../interface/lifetimes.ts';
import { borrows } from '../../interface/rust.ts';
import type { Field, Fields, FunctionItem, Method, Path, Signature, SourceSpan, Value } from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import type { Verdict } from '../host.ts';
import { isObject, pyResult } from './conversions.ts';
import type { FunctionPlan, OwnTypes } from './functions.ts';
import { isReserved, pythonName } from './names.ts';
import { refuseArgument, refuseResult } from './refusals.ts';
import { renderPyType } from './type.ts';

/** How an instance is made by calling the class: by a function, or from the fields. */
export interface Construction {
  readonly plan: FunctionPlan;
  /** The fields in the order of the parameters, when it is a literal. */
  readonly fields: readonly Field[] | undefined;
}

export interface PropertyPlan {
  readonly name: string;
  readonly field: string;
  /** In Rust: `demo::Point::x`. */
  readonly path: Path;
  readonly docs: string;
  readonly value: Value;
  readonly isWritable: boolean;
  /** Whether reading gives a view of the field, which cannot be copied. */
  readonly isView: boolean;
}

/** What the planner of the module does for a class. */
export interface Settling {
  readonly types: OwnTypes;
  /** Plans a function under a Python name; defaults come from the configuration. */
  plan(item: FunctionItem | Method, name: string): FunctionPlan;
  verdict(verdict: Verdict): void;
  readonly internal: ReadonlyMap<string, Message>;
}

/** What has fields: a struct or a variant. */
export interface FieldOwner {
  readonly path: Path;
  readonly fields: Fields;
  readonly span: SourceSpan | undefined;
}

/** The fields, when a caller can give all of them. */
export function constructorFields({ fields }: FieldOwner, { types }: Settling): readonly Field[] | undefined {
  if (!fields.complete) return undefined;
  const isGiven = ({ value }: Field): boolean =>
    !borrowsForever(value) && refuseArgument(value, types.refuseClass) === undefined;
  return fields.list.every(isGiven) ? fields.list : undefined;
}

/** A literal as a function of its fields. */
export function fieldsAsFunction(owner: FieldOwner, fields: readonly Field[], output: Value): FunctionItem {
  return madeFunction(
    owner,
    fields.map(({ name, value }) => ({ name: fieldName(name), value })),
    output,
  );
}

/** A constructor that stands nowhere in the source. */
export function madeFunction(
  { path, span }: Pick<FieldOwner, 'path' | 'span'>,
  parameters: Signature['parameters'],
  output: Value,
): FunctionItem {
  return {
    kind: 'function',
    path,
    name: path.at(-1) ?? '',
    docs: '',
    span,
    deprecated: undefined,
    alternatives: [],
    signature: madeSignature(undefined, parameters, output),
  };
}

/** Properties, writable where `isMutable` and the field's type allow; `taken` are the names of methods, which win. */
export function planProperties(
  owner: FieldOwner,
  taken: ReadonlySet<string>,
  settle: Settling,
  isMutable: boolean,
): PropertyPlan[] {
  return owner.fields.list.flatMap(({ name: field, docs, value, span }) => {
    const path = [...owner.path, field];
    const base = { path: itemKey(path), kind: 'field', span: span ?? owner.span };
    const bare = fieldName(field);
    const isView = isMutable && isObject(value) && !value.clone;
    const refusal =
      settle.internal.get(base.path) ??
      (isReserved(bare)
        ? reservedName({ name: bare })
        : refuseResult(isView ? value : { kind: 'reference', of: value }, settle.types.refuseClass));
    if (refusal) {
      settle.verdict({ ...base, status: 'refused', message: refusal });
      return [];
    }
    const name = taken.has(bare) ? `${bare}_` : bare;
    settle.verdict({ ...base, status: 'bound', signature: `${name}: ${renderPyType(pyResult(value))}` });
    const isWritable = isMutable && !borrows(value) && refuseArgument(value, settle.types.refuseClass) === undefined;
    return [{ name, field, path, docs, value, isWritable, isView }];
  });
}

/** `_0` for the first field of a tuple struct. */
function fieldName(field: string): string {
  return /^\d/.test(field) ? `_${field}` : pythonName(field);
}

/** `__match_args__`: what a pattern names by position. A tuple's fields end where one is missing. */
export function matchArguments(properties: readonly PropertyPlan[]): readonly string[] {
  const gap = properties.findIndex(({ field }, i) => /^\d/.test(field) && field !== String(i));
  return properties.slice(0, gap === -1 ? undefined : gap).map(({ name }) => name);
}
