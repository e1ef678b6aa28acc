/**
 * Interface -> what a Python module will hold, and a verdict for every public item.
 *
 * The plan is settled: names are Python's, defaults are chosen, indices into the module's tables are assigned. Shim and stub only write it down.
 */

import {
  extensionTrait,
  crateReexport,
  foreignReexport,
  macroItem,
  nameTaken,
  reservedName,
  skippedItem,
  typeLeftOut,
  unionUnsupported,
} from '../../diagnostics/catalogue.ts';
import { error, type Diagnostic, type Message } from '../../diagnostics/diagnostic.ts';
import { Failure } from '../../diagnostics/failure.ts';
import type {
  ConstantItem,
  EnumItem,
  FunctionItem,
  Interface,
  Item,
  ItemKey,
  Method,
  Module,
  Path,
  StaticItem,
  StructItem,
  TraitItem,
  TypeFacts,
} from '../../interface/types.ts';
import { itemKey } from '../../interface/types.ts';
import type { ModuleConfig } from '../../project/config.ts';
import type { Planned, Verdict } from '../host.ts';
import { classSymbol } from './conversions.ts';
import { type ClassPlan, type MethodPlan, ClassTable, isPlain } from './classes.ts';
import { type ConstantPlan, constantSignature, planConstant, refuseConstant } from './constants.ts';
import { type DefaultLiteral, ParameterDefaults } from './defaults.ts';
import { type EnumPlan, planEnum } from './enums.ts';
import { type ExceptionPlan, ExceptionTable } from './exceptions.ts';
import { type ExtensionFunction, type ExtensionPlan, planExtensions } from './extensions.ts';
import type { Settling } from './fields.ts';
import { type FunctionPlan, type OwnTypes, planFunction, refuseFunction } from './functions.ts';
import { foreignErrors } from './foreign-errors.ts';
import { isReserved, moduleName, pythonName } from './names.ts';
import { inOrder } from './overloads.ts';
import { functionSignature } from './signature.ts';
import { allMethods } from './trait-methods.ts';
import { viewedIn } from './views.ts';

export interface ModulePlan {
  /** The package's name in Python. */
  readonly name: string;
  readonly crate: string;
  readonly root: NamespacePlan;
  /** Every parameter name once, sorted: functions refer to them by index. */
  readonly parameterNames: readonly string[];
  readonly defaults: readonly DefaultLiteral[];
  readonly exceptions: readonly ExceptionPlan[];
  readonly classes: readonly ClassPlan[];
  /** Classes of which there are views, by key. */
  readonly viewed: ReadonlySet<ItemKey>;
  readonly enums: readonly EnumPlan[];
  /** Traits with functions for types of others; they stand behind the classes. */
  readonly extensions: readonly ExtensionPlan[];
  /** Configured exceptions of other crates' errors. */
  readonly foreignBases: ReadonlyMap<string, string>;
  /** `PanicError`, or with underscores when the crate has a `PanicError` of its own. */
  readonly panicError: string;
}

export interface NamespacePlan {
  /** `demo.area`. */
  readonly name: string;
  readonly docs: string;
  readonly functions: readonly FunctionPlan[];
  readonly constants: readonly ConstantPlan[];
  /** Exceptions that live here, by index; variants live in their parents. */
  readonly exceptions: readonly number[];
  /** Classes that live here, by place. */
  readonly classes: readonly number[];
  /** Enums without data that live here, by place. */
  readonly enums: readonly number[];
  readonly aliases: readonly AliasPlan[];
  readonly modules: readonly NamespacePlan[];
}

/** Another name for the same object. */
export interface AliasPlan {
  readonly name: string;
  readonly module: string;
  readonly target: string;
  /** The function, when it is one of a namespace. */
  readonly fn: FunctionPlan | undefined;
}

/** Paths that turned out not to compile, and what is said of them. */
export type Internal = ReadonlyMap<string, Message>;

/** Plans the module of a crate. @throws Failure for configuration that does not fit the crate. */
export function planModule(from: Interface, config: ModuleConfig, internal: Internal = new Map()): Planned<ModulePlan> {
  return new Planner(from, config, internal).plan();
}

/** What has methods. */
type Holder = Pick<ClassPlan | EnumPlan, 'key' | 'name' | 'path' | 'methods'>;

/** Where an item's object lives in Python. */
interface Home {
  readonly module: string;
  readonly name: string;
}

class Planner {
  readonly #internal: Internal;
  readonly #interface: Interface;
  readonly #config: ModuleConfig;
  readonly #verdicts: Verdict[] = [];
  readonly #problems: Diagnostic[] = [];
  readonly #exceptions: ExceptionTable;
  readonly #classes: ClassTable;
  readonly #types: OwnTypes;
  readonly #enums = new Map<ItemKey, EnumPlan>();
  readonly #extensions: ExtensionPlan[] = [];
  readonly #defaults: ParameterDefaults;
  readonly #functions = new Map<ItemKey, FunctionPlan>();
  readonly #constants = new Map<ItemKey, ConstantPlan>();
  readonly #homes = new Map<ItemKey, Home>();
  /** Python's dotted names, and the Rust paths that have them. */
  readonly #taken = new Map<string, string>();
  /** Python's dotted names of instances of generic types, and the first Rust path of each: `Of<String>` and `Of<&String>` read alike. */
  readonly #instances: ReadonlyMap<string, string>;

  constructor(from: Interface, config: ModuleConfig, internal: Internal) {
    this.#internal = internal;
    this.#interface = from;
    this.#config = config;
    this.#types = {
      refuseClass: (item) =>
        this.#refuseLeftOut(item) ??
        (this.#exceptions.isError(item) ? this.#exceptions.refuseValue(item) : this.#classes.refuse(item)),
      refuseError: (item) => this.#refuseLeftOut(item) ?? this.#exceptions.refuse(item),
    };
    this.#exceptions = new ExceptionTable(from, config, this.#types.refuseClass);
    this.#classes = new ClassTable(from, config, (item) => this.#exceptions.isError(item));
    this.#defaults = new ParameterDefaults(config);
    const instances = [...from.items.values()].filter(({ path }) => path.at(-1)?.includes('<'));
    this.#instances = new Map(instances.toReversed().map((item) => [this.#dotted(item), itemKey(item.path)]));
  }

  plan(): Planned<ModulePlan> {
    for (const module of modulesOf(this.#interface.root)) this.#verdictOfModule(module);
    const [traits, others] = partition([...this.#interface.items], ([, item]) => item.kind === 'trait');
    for (const [key, item] of [...others, ...traits]) this.#planItem(key, item);
    const root = this.#namespace(this.#interface.root);
    this.#problems.push(...this.#defaults.unused(this.#interface), ...this.#unknownPaths());
    if (this.#problems.length > 0) throw new Failure(this.#problems);
    const names = [
      ...this.#allFunctions().flatMap(({ parameters }) => parameters.map(({ name }) => name)),
      ...[...this.#enums.values()].flatMap(({ isOrdered }) => (isOrdered ? ['self', 'other'] : [])),
    ];
    const plan: ModulePlan = {
      name: this.#config.moduleName,
      crate: this.#interface.crate,
      root,
      parameterNames: [...new Set(names)].sort(),
      defaults: this.#defaults.literals,
      exceptions: this.#exceptions.plans,
      classes: this.#classes.plans,
      viewed: this.#viewed(),
      enums: [...this.#enums.values()],
      extensions: this.#extensions,
      foreignBases: this.#config.exceptionBases,
      panicError: this.#panicError(root),
    };
    return {
      plan,
      verdicts: this.#named(this.#verdicts).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    };
  }

  /** Instances of generic types by their names in Python. */
  #named(verdicts: readonly Verdict[]): Verdict[] {
    const instances = [...this.#interface.items.values()].filter(({ path }) => path.at(-1)?.includes('<'));
    const names = instances.map((item) => [item.path.at(-1) ?? '', this.#pythonName(item)] as const);
    return verdicts.map((verdict) => {
      if (verdict.status === 'refused') return verdict;
      return {
        ...verdict,
        signature: names.reduce((text, [path, name]) => text.replaceAll(path, name), verdict.signature),
      };
    });
  }

  #verdictOfModule(module: Module): void {
    const name = moduleName(this.#config.moduleName, module.path);
    this.#verdicts.push({
      path: itemKey(module.path),
      kind: 'module',
      span: undefined,
      status: 'bound',
      signature: `module ${name}`,
    });
  }

  #planItem(key: ItemKey, item: Item): void {
    const refusal = this.#refuseItself(item);
    if (refusal) {
      this.#refuse(item, refusal);
      return;
    }
    switch (item.kind) {
      case 'function':
        return this.#planFunction(key, item);
      case 'constant':
      case 'static':
        return this.#planConstant(key, item);
      case 'struct':
      case 'enum':
        return this.#planType(key, item);
      case 'trait':
        return this.#planTrait(key, item);
      case 'union':
        return this.#refuseWithMethods(item, unionUnsupported(), membersOf(item.type));
      case 'macro':
        return this.#refuse(item, macroItem());
      case 'foreign':
        return this.#refuse(item, (item.isCrate ? crateReexport : foreignReexport)({ source: item.source }));
    }
  }

  /** Why an item is left out whatever it is made of. */
  #refuseItself(item: Item): Message | undefined {
    return this.#internal.get(itemKey(item.path)) ?? this.#refuseByName(item);
  }

  /** What uses a type that is left out itself cannot be bound either. */
  #refuseLeftOut(key: ItemKey): Message | undefined {
    const item = this.#interface.items.get(key);
    return item && this.#refuseItself(item) ? typeLeftOut({ type: itemKey(item.path) }) : undefined;
  }

  #refuseByName(item: Item): Message | undefined {
    if (this.#config.skips.has(itemKey(item.path))) return skippedItem();
    const name = this.#pythonName(item);
    if (isReserved(name)) return reservedName({ name });
    const path = itemKey(item.path);
    const other = this.#instances.get(this.#dotted(item)) ?? path;
    return other === path || this.#config.renames.has(path) ? undefined : nameTaken({ path, other, name });
  }

  #dotted(item: Item): string {
    return `${moduleName(this.#config.moduleName, item.path.slice(0, -1))}.${this.#pythonName(item)}`;
  }

  #pythonName({ path, name }: Pick<Item, 'path' | 'name'>): string {
    return this.#config.renames.get(itemKey(path)) ?? pythonName(name);
  }

  #planFunction(key: ItemKey, item: FunctionItem): void {
    const refusal = refuseFunction(item.signature, this.#types);
    if (refusal) {
      this.#refuse(item, refusal);
      return;
    }
    const plan = this.#functionPlan(item, this.#freeName(item));
    this.#functions.set(key, plan);
    this.#bind(key, item, plan.name, functionSignature(plan));
  }

  #functionPlan(item: FunctionItem | Method, name: string): FunctionPlan {
    return inOrder(
      planFunction(item, name, {
        defaults: this.#defaults,
        types: this.#types,
        report: (problem) => this.#problems.push(problem),
      }),
    );
  }

  #planConstant(key: ItemKey, item: ConstantItem | StaticItem): void {
    const refusal = refuseConstant(item, this.#types.refuseClass);
    if (refusal) {
      this.#refuse(item, refusal);
      return;
    }
    const plan = planConstant(item, this.#freeName(item));
    this.#constants.set(key, plan);
    this.#bind(key, item, plan.name, constantSignature(plan));
  }

  #planType(key: ItemKey, item: StructItem | EnumItem): void {
    if (!this.#exceptions.isError(key)) {
      this.#planClass(key, item);
      return;
    }
    const refusal = this.#exceptions.refuse(key);
    if (refusal) {
      this.#refuseWithMethods(item, refusal, membersOf(item.type));
      return;
    }
    const exception = this.#exceptions.plan(key, this.#pythonName(item), this.#settling());
    this.#bind(key, item, exception.name, `class ${exception.qualifiedName}(${exception.base})`);
    this.#verdicts.push(...this.#exceptions.partVerdicts(key));
  }

  #planClass(key: ItemKey, item: StructItem | EnumItem): void {
    const refusal = this.#classes.refuse(key);
    if (refusal) {
      this.#refuseWithMethods(item, refusal, membersOf(item.type));
      return;
    }
    if (item.kind === 'enum' && isPlain(item)) {
      this.#planEnum(key, item);
      return;
    }
    const plan = this.#classes.plan(key, item, this.#pythonName(item), this.#settling());
    this.#bind(key, item, plan.name, `class ${plan.name}`);
  }

  #settling(): Settling {
    return {
      types: this.#types,
      plan: (fn, name) => this.#functionPlan(fn, name),
      verdict: (verdict) => this.#verdicts.push(verdict),
      internal: this.#internal,
    };
  }

  #planEnum(key: ItemKey, item: EnumItem): void {
    const module = moduleName(this.#config.moduleName, item.path.slice(0, -1));
    const home = { name: this.#pythonName(item), module, place: this.#enums.size };
    const plan = planEnum(key, item, home, this.#settling());
    this.#enums.set(key, plan);
    this.#bind(key, item, plan.name, `class ${plan.name}(${plan.isNumbered ? 'IntEnum' : 'Enum'})`);
    for (const { name, variant } of plan.members) {
      const path = `${itemKey(item.path)}::${variant}`;
      this.#verdicts.push({
        path,
        kind: 'variant',
        span: item.span,
        status: 'bound',
        signature: `${plan.name}.${name}`,
      });
    }
  }

  /** Its functions for types of others stand in a namespace; classes have its methods themselves. */
  #planTrait(key: ItemKey, item: TraitItem): void {
    const nameOf = (path: Path): string => this.#pythonName({ path, name: path.at(-1) ?? '' });
    const planned = planExtensions(
      item,
      this.#types,
      this.#internal,
      (fn, name) => this.#functionPlan(fn, name),
      nameOf,
    );
    const functions = planned.flatMap((found) => (found.kind === 'bound' ? [found.plan] : []));
    const all: readonly Holder[] = [...this.#classes.plans, ...this.#enums.values()];
    const classes = all.filter((plan) => implementsTrait(this.#interface.items.get(plan.key), key));
    if (functions.length > 0) {
      const name = this.#pythonName(item);
      const module = moduleName(this.#config.moduleName, item.path.slice(0, -1));
      const { path, docs } = item;
      const symbol = classSymbol(key).replace(/^Class/, 'Trait');
      this.#extensions.push({ key, symbol, name, module, path, docs, functions });
      this.#bind(key, item, name, `class ${name}`);
    } else if (classes.length > 0) {
      this.#bound(item, `methods of ${classes.map(({ name }) => name).join(', ')}`);
    } else {
      this.#refuse(item, extensionTrait());
    }
    for (const found of planned) this.#verdictOfTraitMethod(item, found, classes);
  }

  #verdictOfTraitMethod(item: TraitItem, found: ExtensionFunction, classes: readonly Holder[]): void {
    const { method } = found;
    const name = method.path.at(-1) ?? '';
    const holders = classes.filter(({ path, methods }) =>
      methods.some(({ plan }) => plan.path.at(-1) === name && isOnType(plan.path, path)),
    );
    if (found.kind === 'bound') {
      this.#bound(method, `${this.#pythonName(item)}.${functionSignature(found.plan)}`);
    } else if (holders.length > 0) {
      this.#bound(method, holders.map((holder) => `${holder.name}.${pythonName(name)}`).join(', '));
    } else {
      const [reason] = classes.flatMap(({ path }) => this.#refusalOf(`${itemKey(path)}::${name}`));
      this.#refuse(method, reason ?? found.message);
    }
  }

  #refusalOf(path: string): Message[] {
    return this.#verdicts.flatMap((verdict) =>
      verdict.path === path && verdict.status === 'refused' ? [verdict.message] : [],
    );
  }

  #bound(item: Item | Method, signature: string): void {
    const kind = item.kind === 'foreign' ? 're-export' : item.kind;
    this.#verdicts.push({ path: itemKey(item.path), kind, span: item.span, status: 'bound', signature });
  }

  #bind(key: ItemKey, item: Item, name: string, signature: string): void {
    const home = { module: moduleName(this.#config.moduleName, item.path.slice(0, -1)), name };
    const path = itemKey(item.path);
    const other = this.#taken.get(`${home.module}.${name}`);
    if (other !== undefined) this.#problems.push(error(nameTaken({ path, other, name }), this.#config.placement));
    this.#taken.set(`${home.module}.${name}`, path);
    this.#homes.set(key, home);
    this.#verdicts.push({ path: itemKey(item.path), kind: item.kind, span: item.span, status: 'bound', signature });
  }

  #refuse(item: Item | Method, message: Message): void {
    const kind = item.kind === 'foreign' ? 're-export' : item.kind;
    this.#verdicts.push({ path: itemKey(item.path), kind, span: item.span, status: 'refused', message });
  }

  #refuseWithMethods(item: Item, message: Message, methods: readonly (Method | ConstantItem)[]): void {
    this.#refuse(item, message);
    for (const method of methods) this.#refuse(method, message);
  }

  /** A value whose name a module or a type of the same path has already: gets an underscore. */
  #freeName(item: Item): string {
    const name = this.#pythonName(item);
    const isTaken =
      this.#interface.items.has(itemKey(item.path)) || findModule(this.#interface.root, item.path) !== undefined;
    return isTaken ? `${name}_` : name;
  }

  #namespace(module: Module): NamespacePlan {
    const here = moduleName(this.#config.moduleName, module.path);
    const isHome = ({ name, item }: Module['names'][number]): boolean =>
      this.#homes.get(item)?.module === here && this.#interface.items.get(item)?.name === name;
    const atHome = module.names.filter(isHome).map(({ item }) => item);
    const aliases = module.names.flatMap((entry) => {
      const home = this.#homes.get(entry.item);
      if (!home || isHome(entry)) return [];
      return [{ name: pythonName(entry.name), module: home.module, target: home.name, fn: undefined }];
    });
    const taken = [...module.names, ...aliases].map(({ name }) => pythonName(name));
    const children = module.modules.map(({ path }) => pythonName(path.at(-1) ?? ''));
    return {
      name: here,
      docs: module.docs,
      functions: atHome.flatMap((key) => this.#functions.get(key) ?? []),
      constants: atHome.flatMap((key) => this.#constants.get(key) ?? []),
      exceptions: atHome.flatMap((key) => this.#exceptions.find(key)?.index ?? []),
      classes: atHome.flatMap((key) => this.#classes.find(key)?.place ?? []),
      enums: atHome.flatMap((key) => this.#enums.get(key)?.place ?? []),
      aliases: [...aliases, ...this.#shortcuts(here, new Set([...taken, ...children]))],
      modules: module.modules.map((child) => this.#namespace(child)),
    };
  }

  /** Functions of traits, where their names are free beside them. */
  #shortcuts(module: string, taken: ReadonlySet<string>): readonly AliasPlan[] {
    const all = this.#extensions
      .filter((extension) => extension.module === module)
      .flatMap(({ name, functions }) =>
        functions.map((fn) => ({ name: fn.name, module, target: `${name}.${fn.name}`, fn })),
      );
    return all.filter(
      ({ name }, i) => !taken.has(name) && !isReserved(name) && all.findIndex((other) => other.name === name) === i,
    );
  }

  /** Classes of which some result, constant or property is a view. */
  #viewed(): ReadonlySet<ItemKey> {
    const outputs = this.#allFunctions().flatMap((fn) => [fn, ...fn.alternatives].map(({ output }) => output));
    const ofClasses = this.#classes.plans.flatMap(({ constants }) => constants.map(({ value }) => value));
    const ofModules = [...this.#constants.values()].map(({ value }) => value);
    const fields = this.#classes.plans.flatMap(({ properties }) => properties);
    const parts = this.#classes.plans.filter(({ methods }) => methods.some(isPart)).map(({ key }) => key);
    const ofFields = fields.flatMap(({ isView, value }) => (isView && value.kind === 'own' ? [value.item] : []));
    return new Set([...[...outputs, ...ofClasses, ...ofModules].flatMap(viewedIn), ...ofFields, ...parts]);
  }

  /** Methods and constructors included. */
  #allFunctions(): readonly FunctionPlan[] {
    const ofClasses = this.#classes.plans.flatMap(({ constructor, variants = [], methods, pickling }) => [
      ...(constructor ? [constructor.plan] : []),
      ...(pickling?.kind === 'rebuild' ? [pickling.plan] : []),
      ...variants.flatMap((variant) => (variant.constructor ? [variant.constructor.plan] : [])),
      ...methods.map(({ plan }) => plan),
    ]);
    const ofEnums = [...this.#enums.values()].flatMap(({ methods, text }) => [...methods, ...(text ? [text] : [])]);
    const ofTraits = this.#extensions.flatMap(({ functions }) => functions);
    const ofErrors = this.#exceptions.plans.flatMap(({ members }) => members);
    return [
      ...this.#functions.values(),
      ...ofClasses,
      ...[...ofEnums, ...ofErrors].map(({ plan }) => plan),
      ...ofTraits,
    ];
  }

  #panicError(root: NamespacePlan): string {
    const taken = new Set([
      ...[...root.functions, ...root.constants, ...root.aliases].map(({ name }) => name),
      ...root.exceptions.map((index) => this.#exceptions.plans[index]?.name),
      ...root.classes.map((place) => this.#classes.plans[place]?.name),
    ]);
    let name = 'PanicError';
    while (taken.has(name)) name += '_';
    return name;
  }

  #unknownPaths(): Diagnostic[] {
    const known = new Map(this.#verdicts.map(({ path, kind }) => [path, kind]));
    if (this.#config.exceptionBases.size > 0)
      for (const name of foreignErrors(this.#interface)) known.set(name, 'error type');
    for (const path of this.#config.exceptionBases.keys()) {
      if (this.#exceptions.isError(path)) known.set(path, 'error type');
    }
    return this.#config.unknownPaths(known).map((message) => error(message, this.#config.placement));
  }
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function implementsTrait(item: Item | undefined, trait: ItemKey): boolean {
  if (item?.kind !== 'struct' && item?.kind !== 'enum') return false;
  return item.type.implementations.some(({ own, self }) => own === trait && self.kind === 'own');
}

/** `demo::Circle::area`, or `<demo::Circle as demo::Shape>::area`. */
function isOnType(path: Path, type: Path): boolean {
  const owner = path.slice(0, -1).join('::');
  return owner === itemKey(type) || owner.startsWith(`<${itemKey(type)} as `);
}

/** What stands on a type, which is refused with it. */
function membersOf(type: TypeFacts): readonly (Method | ConstantItem)[] {
  return [...allMethods(type), ...type.constants];
}

/** Whether the result can be a part of the object. */
function isPart({ returnsSelf, plan }: MethodPlan): boolean {
  return returnsSelf && plan.lending?.check?.output !== undefined;
}

function* modulesOf(module: Module): Iterable<Module> {
  yield module;
  for (const child of module.modules) yield* modulesOf(child);
}

function findModule(root: Module, path: Path): Module | undefined {
  const key = itemKey(path);
  for (const module of modulesOf(root)) if (itemKey(module.path) === key) return module;
  return undefined;
}
