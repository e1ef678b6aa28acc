/** The crate's error types as exception classes: the type a class, its variants subclasses, fields attributes. */

import { genericError, lentField, reservedName, skippedItem, unsupportedError } from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { isLent } from '../../interface/lifetimes.ts';
import type {
  EnumItem,
  ErrorValue,
  Field,
  Fields,
  Interface,
  ItemKey,
  Path,
  SourceSpan,
  StructItem,
  Value,
} from '../../interface/types.ts';
import { isCalledError } from '../../interface/foreign-errors.ts';
import { itemKey } from '../../interface/types.ts';
import type { ModuleConfig } from '../../project/config.ts';
import type { Verdict } from '../host.ts';
import { type ConstantPlan, planAssociated } from './constants.ts';
import { pyResult } from './conversions.ts';
import type { Settling } from './fields.ts';
import { type MemberPlan, planMembers } from './members.ts';
import { refuseResult, type RefuseOwn } from './refusals.ts';
import { attributeName, EXCEPTION_NAMES, isReserved, moduleName, variantName } from './names.ts';
import { ownValue } from './operators.ts';
import { renderPyType } from './type.ts';

export interface ExceptionPlan {
  /** Of the whole type, for a variant too. */
  readonly key: ItemKey;
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
  /** Methods and functions of the type; none of a variant. */
  readonly members: readonly MemberPlan[];
  readonly constants: readonly ConstantPlan[];
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
  /** Whether the exception keeps the value, for functions that take it and for methods. */
  readonly isKept: boolean;
  readonly isClone: boolean;
  /** Variants and their classes; undefined for a struct. */
  readonly variants: readonly { readonly name: string; readonly index: number }[] | undefined;
  /** Whether values can be of no listed variant. */
  readonly open: boolean;
}

export class ExceptionTable {
  readonly #config: ModuleConfig;
  readonly #interface: Interface;
  readonly #refuseClass: RefuseOwn;
  readonly #plans: ExceptionPlan[] = [];
  readonly #byKey = new Map<ItemKey, ExceptionPlan>();

  constructor(from: Interface, config: ModuleConfig, refuseClass: RefuseOwn) {
    this.#config = config;
    this.#refuseClass = refuseClass;
    this.#interface = from;
  }

  get plans(): readonly ExceptionPlan[] {
    return this.#plans;
  }

  /** Whether a type is used as an error, and so is an exception class. */
  isError(key: ItemKey): boolean {
    return this.#interface.errors.has(key);
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

  /** Why values of this type cannot be exceptions that nobody raised; undefined when they can. */
  refuseValue(key: ItemKey): Message | undefined {
    const item = this.#interface.items.get(key);
    const borrows = (item?.kind === 'struct' || item?.kind === 'enum') && item.type.generics.lifetimes.length > 0;
    return this.refuse(key) ?? (borrows ? genericError({ type: key }) : undefined);
  }

  find(key: ItemKey): ExceptionPlan | undefined {
    return this.#byKey.get(key);
  }

  /** Adds the classes of an error type. */
  plan(key: ItemKey, name: string, settle: Settling): ExceptionPlan {
    const item = this.#interface.items.get(key) as StructItem | EnumItem;
    const index = this.#plans.length;
    const module = moduleName(this.#config.moduleName, item.path.slice(0, -1));
    const variants = item.kind === 'enum' ? item.variants : [];
    const named = variants.map((variant, i) => ({ name: variant.name, index: index + 1 + i }));
    const value = { ...ownValue(key, item.type), form: 'error' } as const;
    const taken = new Set([...EXCEPTION_NAMES, ...variants.map((variant) => variantName(variant.name))]);
    const members = planMembers(item.type, { name, value, taken }, settle);
    const methods = new Set(members.map((member) => member.plan.name));
    const constants = planAssociated(name, item.type.constants, new Set([...taken, ...methods]), settle);
    const plan: ExceptionPlan = {
      key,
      index,
      name,
      qualifiedName: name,
      module,
      parent: undefined,
      base: this.#config.exceptionBases.get(itemKey(item.path)) ?? 'Exception',
      docs: item.docs,
      attributes: item.kind === 'struct' ? this.#attributes(item.fields, methods) : [],
      members,
      constants,
      source: {
        path: item.path,
        lifetimes: item.type.generics.lifetimes.length,
        message: messageOf(item),
        hasSource: item.type.traits.has('core::error::Error'),
        isKept: this.#interface.takenErrors.has(key) && item.type.generics.lifetimes.length === 0,
        isClone: value.clone,
        variants: item.kind === 'enum' ? named : undefined,
        open: item.kind === 'enum' && item.open,
      },
    };
    this.#plans.push(plan);
    this.#byKey.set(key, plan);
    for (const [i, variant] of variants.entries()) {
      this.#plans.push({
        key,
        index: index + 1 + i,
        name: variantName(variant.name),
        qualifiedName: `${name}.${variantName(variant.name)}`,
        module,
        parent: index,
        base: name,
        docs: variant.docs,
        attributes: this.#attributes(variant.fields, methods),
        members: [],
        constants: [],
        source: undefined,
      });
    }
    return plan;
  }

  /** Verdicts of the variants and fields of a planned type. */
  partVerdicts(key: ItemKey): Verdict[] {
    const item = this.#interface.items.get(key) as StructItem | EnumItem;
    const plan = this.#byKey.get(key) as ExceptionPlan;
    const methods = new Set(plan.members.map((member) => member.plan.name));
    if (item.kind === 'struct') return this.#fieldVerdicts(item.fields, itemKey(item.path), item.span, methods);
    return item.variants.flatMap((variant) => {
      const path = `${itemKey(item.path)}::${variant.name}`;
      const signature = `class ${plan.qualifiedName}.${variantName(variant.name)}(${plan.qualifiedName})`;
      const verdict: Verdict = { path, kind: 'variant', span: item.span, status: 'bound', signature };
      return [verdict, ...this.#fieldVerdicts(variant.fields, path, item.span, methods)];
    });
  }

  /** A method beats a field of its name. */
  #attributes(fields: Fields, methods: ReadonlySet<string>): AttributePlan[] {
    return fields.list
      .filter((field) => this.#refuseField(field) === undefined)
      .map((field) => ({
        name: freeAttribute(field.name, methods),
        field: field.name,
        docs: field.docs,
        value: field.value,
        error: isFailure(field) ? field.error : undefined,
      }));
  }

  #fieldVerdicts(fields: Fields, path: string, span: SourceSpan | undefined, methods: ReadonlySet<string>): Verdict[] {
    return fields.list.map((field) => {
      const { name, value, span: place } = field;
      const base = { path: `${path}::${name}`, kind: 'field', span: place ?? span };
      const message = this.#refuseField(field);
      if (message) return { ...base, status: 'refused', message };
      const type = isFailure(field) ? 'Exception' : renderPyType(pyResult(value));
      return { ...base, status: 'bound', signature: `${freeAttribute(name, methods)}: ${type}` };
    });
  }

  /** A field is copied out of the error. */
  #refuseField(field: Field): Message | undefined {
    const { name, value } = field;
    if (isReserved(name)) return reservedName({ name });
    if (isFailure(field)) return undefined;
    if (isLent(value)) return lentField();
    return refuseResult({ kind: 'reference', of: value }, this.#refuseClass);
  }
}

function freeAttribute(field: string, methods: ReadonlySet<string>): string {
  const name = attributeName(field);
  return methods.has(name) ? `${name}_` : name;
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
