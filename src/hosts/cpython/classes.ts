/** Structs of the crate as classes: constructor, methods, properties, and what the traits of std mean in Python. */

import {
  borrowingClass,
  dataEnum,
  genericClass,
  receiverUnsupported,
  reservedName,
} from '../../diagnostics/catalogue.ts';
import type { Message } from '../../diagnostics/diagnostic.ts';
import { borrows } from '../../interface/rust.ts';
import type {
  EnumItem,
  Field,
  FunctionItem,
  Interface,
  ItemKey,
  Method,
  Path,
  Signature,
  StructItem,
  Value,
} from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import type { ModuleConfig } from '../../project/config.ts';
import type { Verdict } from '../host.ts';
import { classSymbol, pyResult } from './conversions.ts';
import { refuseArgument, refuseResult } from './refusals.ts';
import { comesOut, type FunctionPlan, type OwnTypes, refuseFunction } from './functions.ts';
import { isReserved, moduleName, pythonName } from './names.ts';
import { functionSignature } from './signature.ts';
import { type OperatorPlan, ownValue, planOperators } from './operators.ts';
import { overloadMethods, traitMethods } from './trait-methods.ts';
import { renderPyType } from './type.ts';

export interface ClassPlan {
  /** Place in the module's table of classes. */
  readonly place: number;
  readonly key: ItemKey;
  /** The zero-sized type in the shim. */
  readonly symbol: string;
  readonly name: string;
  /** Dotted name of the Python module it belongs to. */
  readonly module: string;
  /** In Rust. */
  readonly path: Path;
  readonly docs: string;
  /** Type variables of a class that holds Python's own objects. */
  readonly variables: readonly string[];
  readonly constructor: Construction | undefined;
  readonly methods: readonly MethodPlan[];
  readonly properties: readonly PropertyPlan[];
  readonly traits: ClassTraits;
  readonly operators: readonly OperatorPlan[];
  /** Whether all fields are public. */
  readonly isTransparent: boolean;
}

/** How an instance is made by calling the class: by a function, or from the fields. */
export interface Construction {
  readonly plan: FunctionPlan;
  /** The fields in the order of the parameters, when it is a struct literal. */
  readonly fields: readonly Field[] | undefined;
}

export interface MethodPlan {
  readonly plan: FunctionPlan;
  /** How it takes its object; undefined for functions of the class. */
  readonly receiver: 'shared' | 'exclusive' | 'owned' | undefined;
  /** For functions without an object: `class` when they make one, else `static`. */
  readonly binding: 'instance' | 'class' | 'static';
  /** `&mut self -> &mut Self`: the call returns the same object. */
  readonly returnsSelf: boolean;
}

export interface PropertyPlan {
  readonly name: string;
  readonly field: string;
  readonly docs: string;
  readonly value: Value;
  readonly isWritable: boolean;
}

/** What the type's traits offer in Python's words. */
export interface ClassTraits {
  readonly clone: boolean;
  readonly display: boolean;
  readonly debug: boolean;
  readonly equality: boolean;
  readonly ordering: boolean;
  readonly hash: boolean;
  /** Items, for a type that is an `Iterator`. */
  readonly items: Value | undefined;
}

/** Decides which types are classes, and plans them. */
export class ClassTable {
  readonly #interface: Interface;
  readonly #config: ModuleConfig;
  readonly #isError: (key: ItemKey) => boolean;
  readonly #plans: ClassPlan[] = [];
  readonly #byKey = new Map<ItemKey, ClassPlan>();

  constructor(from: Interface, config: ModuleConfig, isError: (key: ItemKey) => boolean) {
    this.#interface = from;
    this.#config = config;
    this.#isError = isError;
  }

  get plans(): readonly ClassPlan[] {
    return this.#plans;
  }

  find(key: ItemKey): ClassPlan | undefined {
    return this.#byKey.get(key);
  }

  /** Why values of the type cannot be instances; undefined when they can. */
  refuse(key: ItemKey): Message | undefined {
    const item = this.#interface.items.get(key);
    if (item?.kind === 'enum' && !this.#isError(key)) return isPlain(item) ? undefined : dataEnum({ type: key });
    if (item?.kind !== 'struct' || this.#isError(key)) return borrowingClass({ type: key });
    const { types, constants, lifetimes } = item.type.generics;
    if (types.length + constants.length > 0) return genericClass({ parameters: [...types, ...constants].join(', ') });
    return lifetimes ? borrowingClass({ type: key }) : undefined;
  }

  /** Adds a class; `settle` says what becomes of its methods and fields. */
  plan(key: ItemKey, item: StructItem, name: string, settle: Settling): ClassPlan {
    const constructor = this.#construction(key, item, name, settle);
    const taken = constructor?.kind === 'function' ? constructor.item : undefined;
    const methods = [
      ...item.type.methods
        .filter((method) => method !== taken)
        .flatMap((method) => planMethod(key, name, method, settle)),
      ...traitMethods(item.type).flatMap((group) =>
        overloadMethods(group.flatMap(({ method, name: own }) => planMethod(key, name, method, settle, own))),
      ),
    ];
    const plan: ClassPlan = {
      place: this.#plans.length,
      key,
      symbol: classSymbol(key),
      name,
      module: moduleName(this.#config.moduleName, item.path.slice(0, -1)),
      path: item.path,
      docs: item.docs,
      variables: item.type.arguments.flatMap((value) => (value.kind === 'hostObject' ? [value.parameter] : [])),
      constructor: constructor?.construction,
      methods,
      properties: planProperties(item, new Set(methods.map((method) => method.plan.name)), settle),
      traits: traitsOf(key, item, settle),
      operators: planOperators(
        ownValue(key, item),
        item.type.implementations,
        settle.types.refuseClass,
        settle.internal,
      ),
      isTransparent: item.fields.complete,
    };
    this.#plans.push(plan);
    this.#byKey.set(key, plan);
    return plan;
  }

  #construction(key: ItemKey, item: StructItem, name: string, settle: Settling): ChosenConstructor | undefined {
    const method = item.type.methods.find(
      (candidate) => makesItself(candidate, key) && candidate.path.at(-1) === 'new' && !givesMore(candidate),
    );
    const isOut = method === undefined || settle.internal.has(itemKey(method.path));
    if (!isOut && refuseFunction(method.signature, settle.types) === undefined) {
      const plan = settle.plan(method, name);
      settle.verdict({ ...verdictBase(method, 'method'), status: 'bound', signature: constructorSignature(plan) });
      return { kind: 'function', item: method, construction: { plan, fields: undefined } };
    }
    const fields = constructorFields(item, settle);
    if (fields)
      return { kind: 'fields', construction: { plan: settle.plan(fieldsAsFunction(item, fields), name), fields } };
    if (!item.type.traits.has('core::default::Default')) return undefined;
    return { kind: 'default', construction: { plan: settle.plan(defaultAsFunction(item), name), fields: undefined } };
  }
}

/** An enum without data. */
function isPlain({ variants }: EnumItem): boolean {
  return variants.length > 0 && variants.every(({ fields }) => fields.style === 'unit');
}

/** What the planner of the module does for a class. */
export interface Settling {
  readonly types: OwnTypes;
  /** Plans a function under a Python name; defaults come from the configuration. */
  plan(item: FunctionItem | Method, name: string): FunctionPlan;
  verdict(verdict: Verdict): void;
  readonly internal: ReadonlyMap<string, Message>;
}

type ChosenConstructor =
  | { readonly kind: 'function'; readonly item: Method; readonly construction: Construction }
  | { readonly kind: 'fields' | 'default'; readonly construction: Construction };

function planMethod(
  key: ItemKey,
  className: string,
  method: Method,
  settle: Settling,
  name: string = pythonName(method.path.at(-1) ?? ''),
): MethodPlan[] {
  const { receiver, output } = method.signature;
  const returnsSelf =
    receiver === 'exclusive' && output.kind === 'exclusive' && isOwn(output.of, key) && !givesMore(method);
  const signature: Signature = returnsSelf ? { ...method.signature, output: { kind: 'unit' } } : method.signature;
  const refusal = settle.internal.get(itemKey(method.path)) ?? refuseMethod(name, signature, settle.types);
  if (refusal) {
    settle.verdict({ ...verdictBase(method, 'method'), status: 'refused', message: refusal });
    return [];
  }
  const plan = settle.plan({ ...method, signature }, name);
  const shown = returnsSelf ? { ...plan, output: output.of } : plan;
  settle.verdict({
    ...verdictBase(method, 'method'),
    status: 'bound',
    signature: `${className}.${functionSignature(shown)}`,
  });
  const binding = receiver !== undefined ? 'instance' : makesItself(method, key) ? 'class' : 'static';
  return [{ plan: shown, receiver: receiver === 'other' ? undefined : receiver, binding, returnsSelf }];
}

/** Whether new values of parameters come out beside the result. */
function givesMore({ signature }: Method): boolean {
  return signature.parameters.some(({ value }) => comesOut(value));
}

function refuseMethod(name: string, signature: Signature, types: OwnTypes): Message | undefined {
  if (isReserved(name)) return reservedName({ name });
  return signature.receiver === 'other' ? receiverUnsupported() : refuseFunction(signature, types);
}

/** `-> Self` or `-> Result<Self, E>`. */
function makesItself({ signature: { receiver, output } }: Method, key: ItemKey): boolean {
  if (receiver !== undefined) return false;
  return isOwn(output, key) || (output.kind === 'result' && isOwn(output.ok, key));
}

function isOwn(value: Value, key: ItemKey): boolean {
  return value.kind === 'own' && value.item === key;
}

/** The fields, when a caller can give all of them. */
function constructorFields({ fields }: StructItem, { types }: Settling): readonly Field[] | undefined {
  if (!fields.complete) return undefined;
  return fields.list.every(({ value }) => refuseArgument(value, types.refuseClass) === undefined)
    ? fields.list
    : undefined;
}

function fieldsAsFunction(item: StructItem, fields: readonly Field[]): FunctionItem {
  const parameters = fields.map(({ name, value }) => ({ name: fieldName(name), value }));
  return madeFunction(item, item.path, parameters);
}

function defaultAsFunction(item: StructItem): FunctionItem {
  return madeFunction(item, [...item.path, 'default'], []);
}

/** A constructor that stands nowhere in the source. */
function madeFunction(item: StructItem, path: Path, parameters: Signature['parameters']): FunctionItem {
  return {
    kind: 'function',
    path,
    name: path.at(-1) ?? '',
    docs: '',
    span: item.span,
    deprecated: undefined,
    alternatives: [],
    signature: {
      receiver: undefined,
      parameters,
      output: ownValue(itemKey(item.path), item),
      generics: { types: [], constants: [], lifetimes: false, staticLifetimes: false, boundLifetimes: true },
      instantiation: [],
      hostParameters: [],
      qualifiers: { unsafe: false, async: false, variadic: false, abi: 'Rust', targetFeature: false },
    },
  };
}

function planProperties(item: StructItem, methods: ReadonlySet<string>, settle: Settling): PropertyPlan[] {
  return item.fields.list.flatMap(({ name: field, docs, value, span }) => {
    const base = { path: `${itemKey(item.path)}::${field}`, kind: 'field', span: span ?? item.span };
    const bare = fieldName(field);
    const refusal = isReserved(bare)
      ? reservedName({ name: bare })
      : refuseResult({ kind: 'reference', of: value }, settle.types.refuseClass);
    if (refusal) {
      settle.verdict({ ...base, status: 'refused', message: refusal });
      return [];
    }
    const name = methods.has(bare) ? `${bare}_` : bare;
    settle.verdict({ ...base, status: 'bound', signature: `${name}: ${renderPyType(pyResult(value))}` });
    const isWritable = !borrows(value) && refuseArgument(value, settle.types.refuseClass) === undefined;
    return [{ name, field, docs, value, isWritable }];
  });
}

/** `_0` for the first field of a tuple struct. */
function fieldName(field: string): string {
  return /^\d/.test(field) ? `_${field}` : pythonName(field);
}

function traitsOf(key: ItemKey, item: StructItem, { types }: Settling): ClassTraits {
  const { traits, implementations } = item.type;
  const withItself = (trait: string): boolean =>
    implementations.some((found) => found.trait === trait && found.arguments.every((argument) => isOwn(argument, key)));
  const items = implementations
    .find(({ trait }) => trait === 'core::iter::traits::iterator::Iterator')
    ?.associated.get('Item');
  return {
    clone: traits.has('core::clone::Clone'),
    display: traits.has('core::fmt::Display'),
    debug: traits.has('core::fmt::Debug'),
    equality: withItself('core::cmp::PartialEq'),
    ordering: withItself('core::cmp::PartialOrd'),
    hash: traits.has('core::cmp::Eq') && traits.has('core::hash::Hash'),
    items: items && refuseResult(items, types.refuseClass) === undefined ? items : undefined,
  };
}

function constructorSignature(plan: FunctionPlan): string {
  return functionSignature(plan).replace(/ -> .*$/, '');
}

function verdictBase({ path, span }: Method, kind: string): Pick<Verdict, 'path' | 'kind' | 'span'> {
  return { path: itemKey(path), kind, span };
}
