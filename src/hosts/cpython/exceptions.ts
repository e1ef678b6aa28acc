/** The crate's error types as exception classes: the type a class, its variants subclasses, fields attributes. */

import {
  errorField,
  lentField,
  genericError,
  reservedName,
  skippedItem,
  unsupportedError,
} from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { isLent } from '../../interface/lifetimes.ts';
import { children } from '../../interface/rust.ts';
import type {
  EnumItem,
  ErrorValue,
  Field,
  Fields,
  Implementation,
  Interface,
  Item,
  ItemKey,
  Path,
  Signature,
  SourceSpan,
  StructItem,
  Value,
} from '../../interface/types.ts';
import { isCalledError } from '../../interface/foreign-errors.ts';
import { itemKey } from '../../interface/types.ts';
import type { ModuleConfig } from '../../project/config.ts';
import type { Verdict } from '../host.ts';
import { pyResult } from './conversions.ts';
import { refuseResult, type RefuseOwn } from './refusals.ts';
import { attributeName, isReserved, moduleName, variantName } from './names.ts';
import { renderPyType } from './type.ts';

export interface ExceptionPlan {
  /** Place in the module's table of classes. */
  readonly index: number;
  readonly name: string;
  /** `ParseError.Empty` for a variant. */
  readonly qualifiedName: string;
  /** Dotted name of the Python module it belongs to. */
  readonly module: string;
  /** Index of the class of the whole enum, for a variant. */
  readonly parent: number | undefined;
  /** Name of the base class in Python. */
  readonly base: string;
  readonly docs: string;
  readonly attributes: readonly AttributePlan[];
  /** How a Rust value becomes an instance; undefined for variants, which their enum raises. */
  readonly source: ErrorSource | undefined;
}

export interface AttributePlan {
  readonly name: string;
  /** The field in Rust: `position` or `0`. */
  readonly field: string;
  readonly docs: string;
  readonly value: Value;
  /** The field is an error itself, and arrives as an exception instance. */
  readonly error: ErrorValue | undefined;
}

export interface ErrorSource {
  readonly path: Path;
  /** How many lifetime parameters the type has: what it borrows is copied into the exception. */
  readonly lifetimes: number;
  /** What the message is made of. */
  readonly message: 'Display' | 'Debug' | 'name';
  /** Whether the type is a `std::error::Error`, whose `source()` becomes `__cause__`. */
  readonly hasSource: boolean;
  /** Variants and their classes; undefined for a struct. */
  readonly variants: readonly { readonly name: string; readonly index: number }[] | undefined;
  /** Whether values can be of no listed variant. */
  readonly open: boolean;
}

/** Builtin classes that a crate's error can be configured to derive from, and the runtime's names for them. */
export const BASES = {
  ArithmeticError: 'Arithmetic',
  Exception: 'Exception',
  IndexError: 'Index',
  KeyError: 'Key',
  LookupError: 'Lookup',
  MemoryError: 'Memory',
  OSError: 'Os',
  OverflowError: 'Overflow',
  RuntimeError: 'Runtime',
  TypeError: 'Type',
  ValueError: 'Value',
  ZeroDivisionError: 'ZeroDivision',
} as const;

export class ExceptionTable {
  readonly #config: ModuleConfig;
  readonly #interface: Interface;
  readonly #errors: ReadonlySet<ItemKey>;
  readonly #refuseClass: RefuseOwn;
  readonly #plans: ExceptionPlan[] = [];
  readonly #byKey = new Map<ItemKey, ExceptionPlan>();

  constructor(from: Interface, config: ModuleConfig, refuseClass: RefuseOwn) {
    this.#config = config;
    this.#refuseClass = refuseClass;
    this.#interface = from;
    this.#errors = new Set([...raisedBy(from), ...declaredErrors(from)]);
  }

  get plans(): readonly ExceptionPlan[] {
    return this.#plans;
  }

  /** Whether a type is used as an error, and so is an exception class. */
  isError(key: ItemKey): boolean {
    return this.#errors.has(key);
  }

  /** Why values of this type cannot be raised; undefined when they can. */
  refuse(key: ItemKey): Message | undefined {
    const item = this.#interface.items.get(key);
    if (!this.isError(key)) return unsupportedError({ type: key });
    if (item?.kind !== 'struct' && item?.kind !== 'enum') return unsupportedError({ type: key });
    if (this.#config.skips.has(itemKey(item.path))) return skippedItem();
    const { types, constants } = item.type.generics;
    return types.length + constants.length > 0 ? genericError({ type: key }) : undefined;
  }

  find(key: ItemKey): ExceptionPlan | undefined {
    return this.#byKey.get(key);
  }

  /** Adds the classes of an error type. */
  plan(key: ItemKey, name: string): ExceptionPlan {
    const item = this.#interface.items.get(key) as StructItem | EnumItem;
    const index = this.#plans.length;
    const module = moduleName(this.#config.moduleName, item.path.slice(0, -1));
    const variants = item.kind === 'enum' ? item.variants : [];
    const named = variants.map((variant, i) => ({ name: variant.name, index: index + 1 + i }));
    const plan: ExceptionPlan = {
      index,
      name,
      qualifiedName: name,
      module,
      parent: undefined,
      base: this.#config.exceptionBases.get(itemKey(item.path)) ?? 'Exception',
      docs: item.docs,
      attributes: item.kind === 'struct' ? this.#attributes(item.fields) : [],
      source: {
        path: item.path,
        lifetimes: item.type.generics.lifetimes.length,
        message: messageOf(item),
        hasSource: item.type.traits.has('core::error::Error'),
        variants: item.kind === 'enum' ? named : undefined,
        open: item.kind === 'enum' && item.open,
      },
    };
    this.#plans.push(plan);
    this.#byKey.set(key, plan);
    for (const [i, variant] of variants.entries()) {
      this.#plans.push({
        index: index + 1 + i,
        name: variantName(variant.name),
        qualifiedName: `${name}.${variantName(variant.name)}`,
        module,
        parent: index,
        base: name,
        docs: variant.docs,
        attributes: this.#attributes(variant.fields),
        source: undefined,
      });
    }
    return plan;
  }

  /** Verdicts of the variants and fields of a planned type. */
  partVerdicts(key: ItemKey): Verdict[] {
    const item = this.#interface.items.get(key) as StructItem | EnumItem;
    const plan = this.#byKey.get(key) as ExceptionPlan;
    if (item.kind === 'struct') return this.#fieldVerdicts(item.fields, itemKey(item.path), item.span);
    return item.variants.flatMap((variant) => {
      const path = `${itemKey(item.path)}::${variant.name}`;
      const signature = `class ${plan.qualifiedName}.${variantName(variant.name)}(${plan.qualifiedName})`;
      const verdict: Verdict = { path, kind: 'variant', span: item.span, status: 'bound', signature };
      return [verdict, ...this.#fieldVerdicts(variant.fields, path, item.span)];
    });
  }

  #attributes(fields: Fields): AttributePlan[] {
    return fields.list
      .filter((field) => this.#refuseField(field) === undefined)
      .map((field) => ({
        name: attributeName(field.name),
        field: field.name,
        docs: field.docs,
        value: field.value,
        error: isFailure(field) ? field.error : undefined,
      }));
  }

  #fieldVerdicts(fields: Fields, path: string, span: SourceSpan | undefined): Verdict[] {
    return fields.list.map((field) => {
      const { name, value, span: place } = field;
      const base = { path: `${path}::${name}`, kind: 'field', span: place ?? span };
      const message = this.#refuseField(field);
      if (message) return { ...base, status: 'refused', message };
      const type = isFailure(field) ? 'Exception' : renderPyType(pyResult(value));
      return { ...base, status: 'bound', signature: `${attributeName(name)}: ${type}` };
    });
  }

  /** A field is copied out of the error. */
  #refuseField(field: Field): Message | undefined {
    const { name, value } = field;
    if (isReserved(name)) return reservedName({ name });
    if (isFailure(field)) return undefined;
    if (value.kind === 'own' && this.isError(value.item)) return errorField({ type: value.item });
    if (value.kind === 'result') return unsupportedError({ type: 'Result' });
    if (isLent(value)) return lentField();
    return refuseResult({ kind: 'reference', of: value }, this.#refuseClass);
  }
}

/** Own types in the place of an error, but for those that only come back because they were given: `fn into_array(self) -> Result<Array, Self>`. */
function raisedBy(from: Interface): ItemKey[] {
  return [...from.items].flatMap(([key, item]) => [
    ...resultsOf(item).flatMap((signature) => raised(signature, key)),
    ...implementationsOf(item).flatMap(({ errors, arguments: given }) => {
      const known = new Set([key, ...given.flatMap(ownIn)]);
      return ['Err', 'Error'].flatMap((name) => ownError(errors.get(name))).filter((error) => !known.has(error));
    }),
  ]);
}

function resultsOf(item: Item): readonly Signature[] {
  switch (item.kind) {
    case 'function':
      return [item.signature];
    case 'struct':
    case 'enum':
      return [...item.type.methods, ...item.type.implementations.flatMap(({ methods }) => methods)].map(
        ({ signature }) => signature,
      );
    case 'trait':
      return item.extensions.flatMap(({ functions }) => functions.map(({ signature }) => signature));
    default:
      return [];
  }
}

function implementationsOf(item: Item): readonly Implementation[] {
  const all = item.kind === 'struct' || item.kind === 'enum' ? item.type.implementations : [];
  return all.filter(({ trait }) => FALLIBLE.has(trait));
}

/** Traits of std that become methods which raise. */
const FALLIBLE: ReadonlySet<string> = new Set(['core::str::traits::FromStr', 'core::convert::TryFrom']);

function raised({ receiver, parameters, output }: Signature, owner: ItemKey): readonly ItemKey[] {
  if (output.kind !== 'result') return [];
  const given = new Set([...parameters.flatMap(({ value }) => ownIn(value)), ...ownIn(output.ok)]);
  return ownError(output.error).filter((error) => !given.has(error) && (receiver === undefined || error !== owner));
}

function ownError(error: ErrorValue | undefined): readonly ItemKey[] {
  return error?.kind === 'own' ? [error.item] : [];
}

function ownIn(value: Value): readonly ItemKey[] {
  return [...(value.kind === 'own' ? [value.item] : []), ...children(value).flatMap(ownIn)];
}

function declaredErrors(from: Interface): ItemKey[] {
  return [...from.items].flatMap(([key, item]) =>
    (item.kind === 'struct' || item.kind === 'enum') && item.type.traits.has('core::error::Error') ? [key] : [],
  );
}

/** A field of a std error type, which is no value but has an exception. */
function isFailure({ value, error }: Field): boolean {
  if (value.kind !== 'unsupported') return false;
  return ['std', 'boxed', 'anyhow'].includes(error.kind) || (error.kind === 'foreign' && isCalledError(error.rust));
}

function messageOf(item: StructItem | EnumItem): ErrorSource['message'] {
  if (item.type.traits.has('core::fmt::Display')) return 'Display';
  return item.type.traits.has('core::fmt::Debug') ? 'Debug' : 'name';
}
