/** What structs and variants have alike: a constructor, and properties over their fields. */

import { assignment, fits, list } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import { rustIdentifier } from '../../../interface/rust.ts';
import { classSymbol, conversionOf, isObject, pyResult } from '../conversions.ts';
import type { Construction, PropertyPlan } from '../fields.ts';
import type { ModulePlan } from '../plan.ts';
import { functionSignature } from '../signature.ts';
import { renderPyType } from '../type.ts';
import { entry, functionShape } from './entry.ts';

/** The class that has the fields. */
export interface FieldHome {
  /** Names derive from it: `Class_Point`, `Class_Shape__Circle`. */
  readonly symbol: string;
  /** The zero-sized type whose value it is: `Class_Point`, `Class_Shape`. */
  readonly owner: string;
  /** In messages: `Point`, `Shape.Circle`. */
  readonly title: string;
  /** A closure that borrows a field of the value. */
  readonly read: (field: string) => string;
}

/** The C function that a call of the class runs. */
export function construction(
  plan: ModulePlan,
  { symbol, owner }: Pick<FieldHome, 'symbol' | 'owner'>,
  { plan: fn, fields }: Construction,
): string {
  return text`
    /// \`${fn.path.join('::')}\` as \`${functionSignature(fn)}\`.
    ${entry(plan, fn, {
      ...functionShape(fn, constructorName(symbol)),
      calls: { withArguments: 'construct', withoutArguments: 'construct' },
      first: 'class',
      count: 'usize',
      promise: 'CPython calls this constructor with the class and the arguments of vectorcall,',
      finish: (value) => `call.instance::<${owner}>(class, ${value})`,
      alwaysKeywords: true,
      literal: fields?.map(({ name }) => name),
    })}
  `;
}

/** `construct_Point` */
export function constructorName(symbol: string): string {
  return symbol.replace(/^Class/, 'construct');
}

/** Getter and setter. */
export function propertyEntries(home: FieldHome, property: PropertyPlan): string {
  const { path, field, name, value, isWritable } = property;
  const closure = '_closure: *mut c_void';
  return text`
    /// \`${path.join('::')}\` as \`${name}: ${renderPyType(pyResult(value))}\`.
    unsafe extern "C" fn ${accessor('get', home, property)}(this: Object, ${closure}) -> Object {
        // SAFETY: CPython calls this getter with an instance of the class.
        ${unsafely(`${getterOf(home, property)}(this, ${home.read(field)})`)}
    }
    ${isWritable && setter(home, property)}
  `;
}

function getterOf({ owner }: FieldHome, { value, isView }: PropertyPlan): string {
  if (isView && isObject(value)) return `get_view::<${owner}, ${classSymbol(value.item)}>`;
  return `get::<${owner}, ${conversionOf({ kind: 'reference', of: value })}>`;
}

function unsafely(call: string): string {
  const line = `unsafe { ${call} }`;
  return !call.includes('\n') && fits(line, 4) ? line : `unsafe {\n    ${call.replaceAll('\n', '\n    ')}\n}`;
}

/** `x` of `value.x`, `0` of `value.0`. */
export function fieldPlace(field: string): string {
  return /^\d/.test(field) ? field : rustIdentifier(field);
}

function setter(home: FieldHome, property: PropertyPlan): string {
  const title = rustString(`${home.title}.${property.name}`);
  const write = `|value, new| value.${fieldPlace(property.field)} = new`;
  return text`

    unsafe extern "C" fn ${accessor('set', home, property)}(this: Object, new: Object, _closure: *mut c_void) -> c_int {
        // SAFETY: CPython calls this setter with an instance of the class, and with null to delete.
        ${unsafely(`set::<${home.owner}, ${conversionOf(property.value)}>(this, new, ${title}, ${write})`)}
    }
  `;
}

/** The static table of properties. */
export function propertyTable(home: FieldHome, properties: readonly PropertyPlan[]): string {
  const entries = properties.map((property) => propertyConstant(home, property));
  const head = `static ${tableName(home.symbol, 'PROPERTIES')}: Properties<${entries.length}>`;
  return assignment(head, 'Properties::new([', entries, ']);');
}

function propertyConstant(home: FieldHome, property: PropertyPlan): string {
  const set = property.isWritable ? `Some(${accessor('set', home, property)})` : 'None';
  const parts = [rustCString(property.name), rustCString(property.docs), accessor('get', home, property), set];
  return list('Property::new(', parts, ')', 5);
}

function accessor(kind: 'get' | 'set', { symbol }: FieldHome, { field }: PropertyPlan): string {
  return `${symbol.replace(/^Class/, kind)}_${field}`;
}

/** `METHODS_Point`, `CLASS_Point` */
export function tableName(symbol: string, kind: string): string {
  return symbol.replace(/^Class/, kind);
}

/** What a pattern names by position. */
export function matchArguments(names: readonly string[] | undefined): string {
  if (names === undefined) return 'match_args: None';
  return list('match_args: Some(&[', names.map(rustCString), '])', 5);
}
