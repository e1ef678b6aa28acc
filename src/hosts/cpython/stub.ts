/** Plan -> `.pyi` files: one for the package, one for each submodule. */

import { paragraphs, text } from '../../emit/text.ts';
import type { ItemKey, Value } from '../../interface/types.ts';
import type { ClassPlan, MethodPlan } from './classes.ts';
import type { ConstantPlan } from './constants.ts';
import { itemType, pyArgument, pyResult } from './conversions.ts';
import { pythonString } from './defaults.ts';
import type { EnumPlan } from './enums.ts';
import type { AttributePlan, ExceptionPlan } from './exceptions.ts';
import type { ExtensionPlan } from './extensions.ts';
import type { PropertyPlan } from './fields.ts';
import type { FunctionPlan } from './functions.ts';
import { type MemberPlan, withoutObject } from './members.ts';
import { type OperatorMethod, operatorMethods } from './operator-stubs.ts';
import type { AliasPlan, ModulePlan, NamespacePlan } from './plan.ts';
import { orderedWith, protocolStubs } from './protocol-stubs.ts';
import { functionSignatures } from './signature.ts';
import { builtin, imported, type Naming, NONE, type PyType, renderPyType, union } from './type.ts';
import type { VariantPlan } from './variants.ts';

/** Stub files by their place in the package. */
export function emitStubs(plan: ModulePlan): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const visit = (namespace: NamespacePlan, folder: string): void => {
    files.set(`${folder}__init__.pyi`, emitStub(plan, namespace, namespace === plan.root));
    for (const module of namespace.modules) visit(module, `${folder}${module.name.split('.').at(-1)}/`);
  };
  visit(plan.root, '');
  return files;
}

function emitStub(plan: ModulePlan, namespace: NamespacePlan, isRoot: boolean): string {
  const names = new Names(plan, namespace);
  const body = paragraphs([
    namespace.aliases
      .filter(({ module }) => module !== namespace.name)
      .flatMap(reexport)
      .join('\n'),
    constantStubs(names, namespace.constants).join('\n'),
    ...namespace.functions.map((fn) => functionStub(names, fn)),
    ...namespace.aliases.flatMap(({ fn }) => (fn ? [functionStub(names, fn)] : [])),
    ...plan.extensions
      .filter(({ module }) => module === namespace.name)
      .map((extension) => extensionStub(names, extension)),
    ...namespace.enums.map((place) => enumStub(names, plan.enums[place] as EnumPlan)),
    ...namespace.classes.map((place) => classStub(names, plan.classes[place] as ClassPlan)),
    ...namespace.exceptions.map((index) => exceptionStub(plan, names, plan.exceptions[index] as ExceptionPlan)),
    isRoot && panicStub(names, plan.panicError),
    namespace.aliases
      .filter(({ module, fn }) => module === namespace.name && fn === undefined)
      .map(({ name, target }) => `${name} = ${target}`)
      .join('\n'),
  ]);
  const variables = names.variables();
  const header = paragraphs([docstring(namespace.docs).join('\n'), names.imports(), submodules(namespace), variables]);
  return `${paragraphs([header, body])}\n`;
}

function constantStubs(names: Names, constants: readonly ConstantPlan[]): readonly string[] {
  return constants.flatMap(({ name, docs, value }) => [
    `${name}: ${names.render(imported('typing', 'Final', pyResult(value)))}`,
    ...docstring(docs),
  ]);
}

/** Only `import x as x` is a re-export for type checkers (PEP 484). */
function reexport({ name, module, target }: AliasPlan): readonly string[] {
  if (name === target) return [`from ${module} import ${name} as ${name}`];
  return [`from ${module} import ${target} as _${name}`, `${name} = _${name}`];
}

function submodules({ name, modules }: NamespacePlan): string {
  return modules
    .map((module) => module.name.slice(name.length + 1))
    .map((child) => `from . import ${child} as ${child}`)
    .join('\n');
}

function functionStub(names: Names, fn: FunctionPlan): string {
  const signatures = functionSignatures(fn, (type) => names.render(type), []);
  const decorator = fn.deprecated === undefined ? [] : [deprecation(names, fn.deprecated)];
  return overloads(
    names,
    signatures.map((signature) => `def ${signature}:`),
    decorator,
    fn.docs,
  );
}

/** One definition, or several under `@overload`, of which the first has the docs. */
function overloads(names: Names, heads: readonly string[], decorators: readonly string[], docs: string): string {
  const overload = heads.length > 1 ? [`@${names.name('typing', 'overload')}`] : [];
  return heads.map((head, i) => [...overload, ...decorators, defined(head, i === 0 ? docs : '')].join('\n')).join('\n');
}

/** A trait as a namespace. */
function extensionStub(names: Names, { name, docs, functions }: ExtensionPlan): string {
  return text`
    @${names.name('typing', 'final')}
    class ${name}:
        ${docstring(docs)}
        ${functions.map((fn) => methodStub(names, { plan: fn, binding: 'static' }))}
  `;
}

function functionWithDocs(head: string, docs: readonly string[]): string {
  return text`
    ${head}
        ${docs}
        ...
  `;
}

/** A class of the crate: final, because a value of Rust cannot be extended. An enum with data has its variants and no other. */
function classStub(names: Names, item: ClassPlan): string {
  const members = [
    ...docstring(item.docs),
    ...constantStubs(names, item.constants),
    ...matchStub(names, item.matchArguments),
    item.constructor && constructorStub(names, item, item.constructor.plan),
    ...item.properties.map((property) => propertyStub(names, property)),
    ...item.methods.map((method) => methodStub(names, method, item.variables)),
    ...traitStubs(names, item),
    ...item.operators
      .flatMap((operator) => operatorMethods(item, operator))
      .map((method) => operatorStub(names, method)),
    ...(item.variants ?? []).map((variant) => names.nested(() => variantStub(names, item, variant))),
  ].filter((member) => member !== undefined);
  const decorator = item.variants?.length
    ? names.name('typing_extensions', 'disjoint_base')
    : names.name('typing', 'final');
  return text`
    @${decorator}
    class ${item.name}${genericBase(names, item)}:
        ${members.length === 0 ? ['...'] : members}
  `;
}

/** PEP 484: `(Generic[_T])`. */
function genericBase(names: Names, { variables }: Pick<ClassPlan, 'variables'>): string {
  if (variables.length === 0) return '';
  return `(${names.name('typing', 'Generic')}${variablesText(names, { variables })})`;
}

function variablesText(names: Names, { variables }: Pick<ClassPlan, 'variables'>): string {
  return variables.length === 0 ? '' : `[${variables.map((name) => names.variable(name)).join(', ')}]`;
}

/** The class as the type of its instances. */
function selfType(names: Names, item: ClassPlan): string {
  return `${item.name}${variablesText(names, item)}`;
}

function variantStub(names: Names, item: ClassPlan, variant: VariantPlan): string {
  const { name, docs, constructor, properties } = variant;
  // Inside the class a variant of the same name hides it.
  const isHidden = item.variants?.some((one) => one.name === item.name);
  const base = isHidden ? names.fromOutside(item.module, item.name) : item.name;
  return text`
    @${names.name('typing', 'final')}
    class ${name}(${base}${variablesText(names, item)}):
        ${docstring(docs)}
        ${matchStub(names, variant.matchArguments)}
        ${constructor && variantConstructorStub(names, constructor.plan)}
        ${properties.map((property) => propertyStub(names, property))}
  `;
}

function variantConstructorStub(names: Names, fn: FunctionPlan): string {
  const heads = functionSignatures(fn, (type) => names.render(type)).map((signature) => {
    const list = signature
      .slice(fn.name.length + 1)
      .replace(/ -> .*$/, ` -> ${names.name('typing_extensions', 'Self')}`);
    return `def __new__(cls${list.startsWith(')') ? '' : ', '}${list}:`;
  });
  return overloads(names, heads, [], '');
}

function matchStub(names: Names, matched: readonly string[] | undefined): readonly string[] {
  if (matched === undefined) return [];
  const tuple = matched.length === 1 ? `("${matched[0]}",)` : `(${matched.map((name) => `"${name}"`).join(', ')})`;
  return [`__match_args__: ${names.name('typing', 'Final')} = ${tuple}`];
}

function enumStub(names: Names, { name, docs, isNumbered, members, methods, constants, isOrdered }: EnumPlan): string {
  return text`
    class ${name}(${names.name('enum', isNumbered ? 'IntEnum' : 'Enum')}):
        ${docstring(docs)}
        ${members.map((member) => `${member.name} = ${member.value}`)}
        ${constantStubs(names, constants)}
        ${methods.map((method) => memberStub(names, method))}
        ${isOrdered && orderingStubs(names, name)}
  `;
}

function memberStub(names: Names, member: MemberPlan): string {
  return methodStub(names, { plan: withoutObject(member), binding: member.binding });
}

function constructorStub(names: Names, item: ClassPlan, fn: FunctionPlan): string {
  const heads = functionSignatures(fn, (type) => names.render(type), item.variables).map((signature) => {
    const list = signature.slice(fn.name.length + 1);
    return `def __new__(cls${list.startsWith(')') ? '' : ', '}${list}:`;
  });
  return overloads(names, heads, [], fn.docs === item.docs ? '' : fn.docs);
}

function propertyStub(names: Names, { name, docs, value, isWritable }: PropertyPlan): string {
  const property = names.name('builtins', 'property');
  const getter = `@${property}\n${defined(`def ${name}(self) -> ${names.render(pyResult(value))}:`, docs)}`;
  if (!isWritable) return getter;
  return `${getter}\n@${name}.setter\ndef ${name}(self, value: ${names.render(pyArgument(value))}) -> None: ...`;
}

function methodStub(
  names: Names,
  { plan: fn, binding }: Pick<MethodPlan, 'plan' | 'binding'>,
  variables: readonly string[] = [],
): string {
  const self = { instance: 'self', class: 'cls', static: '' }[binding];
  const heads = functionSignatures(fn, (type) => names.render(type), variables).map((signature) => {
    const list = signature.slice(fn.name.length + 1);
    return `def ${fn.name}(${self}${self === '' || list.startsWith(')') ? '' : ', '}${list}:`;
  });
  const decorators = { instance: [], class: ['classmethod'], static: ['staticmethod'] }[binding];
  return overloads(
    names,
    heads,
    decorators.map((name) => `@${names.name('builtins', name)}`),
    fn.docs,
  );
}

/** `Stack[int]` at run time. */
function aliasStub(names: Names, { variables }: ClassPlan): readonly string[] {
  if (variables.length === 0) return [];
  const object = names.name('builtins', 'object');
  return [`def __class_getitem__(cls, key: ${object}, /) -> ${names.name('types', 'GenericAlias')}: ...`];
}

function traitStubs(names: Names, item: ClassPlan): readonly string[] {
  const { traits } = item;
  const name = selfType(names, item);
  const ordered = orderedWith(item);
  const bool = names.name('builtins', 'bool');
  const object = names.name('builtins', 'object');
  return [
    ...aliasStub(names, item),
    ...(traits.equality || item.protocols.comparisons.length > 0
      ? [`def __eq__(self, other: ${object}, /) -> ${bool}: ...`]
      : []),
    ...(traits.hash ? [`def __hash__(self) -> ${names.name('builtins', 'int')}: ...`] : []),
    ...(ordered ? orderingStubs(names, names.render(ordered)) : []),
    ...protocolStubs(names, item).flatMap((definitions) =>
      definitions.length === 0 ? [] : [overloaded(names, definitions)],
    ),
    ...(traits.items ? iteratorStubs(names, traits.items) : []),
    ...(traits.clone
      ? [`def __copy__(self) -> ${name}: ...`, `def __deepcopy__(self, memo: ${object}, /) -> ${name}: ...`]
      : []),
  ];
}

function orderingStubs(names: Names, name: string): readonly string[] {
  const bool = names.name('builtins', 'bool');
  return ['__lt__', '__le__', '__gt__', '__ge__'].map(
    (method) => `def ${method}(self, other: ${name}, /) -> ${bool}: ...`,
  );
}

function iteratorStubs(names: Names, items: Value): readonly string[] {
  const self = names.name('typing_extensions', 'Self');
  return [`def __iter__(self) -> ${self}: ...`, `def __next__(self) -> ${names.render(itemType(items))}: ...`];
}

function operatorStub(names: Names, { name, overloads: all }: OperatorMethod): string {
  if (all.length === 0) return impossible(names, name);
  const signatures = all.map(({ parameters, result }) => {
    const operands = parameters.map((type) => `, other: ${names.render(type)}, /`).join('');
    return `def ${name}(self${operands}) -> ${names.render(result)}: ...`;
  });
  return overloaded(names, signatures);
}

function impossible(names: Names, method: string): string {
  const never = names.name('typing_extensions', 'Never');
  return `def ${method}(self, other: ${never}, /) -> ${never}: ...`;
}

function overloaded(names: Names, signatures: readonly string[]): string {
  if (signatures.length === 1) return signatures.join();
  return signatures.map((one) => `@${names.name('typing', 'overload')}\n${one}`).join('\n');
}

/** A definition with or without docs. */
function defined(head: string, docs: string): string {
  const lines = docstring(docs);
  return lines.length === 0 ? `${head} ...` : functionWithDocs(head, lines);
}

/** PEP 702. */
function deprecation(names: Names, reason: string): string {
  return `@${names.name('typing_extensions', 'deprecated')}(${pythonString(reason === '' ? 'deprecated' : reason)})`;
}

function exceptionStub(plan: ModulePlan, names: Names, exception: ExceptionPlan): string {
  const variants = plan.exceptions.filter(({ parent }) => parent === exception.index);
  // Inside the class a variant of the same name hides it.
  const isHidden = variants.some(({ name }) => name === exception.name);
  const base = isHidden ? names.fromOutside(exception.module, exception.name) : exception.name;
  return exceptionClassStub(names, exception, [
    ...constantStubs(names, exception.constants),
    ...exception.attributes.flatMap((attribute) => attributeStub(names, attribute)),
    ...exception.members.map((member) => memberStub(names, member)),
    ...variants.map((variant) => exceptionStub(plan, names, { ...variant, base })),
  ]);
}

function exceptionClassStub(
  names: Names,
  { name, base, parent, docs }: ExceptionPlan,
  members: readonly string[],
): string {
  const baseName = parent === undefined ? names.name('builtins', base) : base;
  const lines = [...docstring(docs), ...members];
  if (lines.length === 0) return `class ${name}(${baseName}): ...`;
  return text`
    class ${name}(${baseName}):
        ${lines}
  `;
}

function attributeStub(names: Names, { name, docs, value, error }: AttributePlan): string[] {
  const type = error ? names.name('builtins', 'Exception') : names.render(pyResult(value));
  return [`${name}: ${type}`, ...docstring(docs)];
}

function panicStub(names: Names, name: string): string {
  return text`
    class ${name}(${names.name('builtins', 'RuntimeError')}):
        """The Rust code panicked, which is a bug in it. file and line tell where."""
        file: ${names.render(union(builtin('str'), NONE))}
        line: ${names.render(union(builtin('int'), NONE))}
  `;
}

function docstring(docs: string): string[] {
  const content = docs.replaceAll('\0', '').trim();
  if (content === '') return [];
  const escaped = content.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"');
  const lines = escaped.split('\n');
  const isOneLine = lines.length === 1 && !escaped.endsWith('"');
  return isOneLine ? [`"""${escaped}"""`] : [`"""`, ...lines, '"""'].map((line) => line.trimEnd());
}

/** All names that a stub defines at any level: a type of that name has to be reached otherwise. */
function namesIn(plan: ModulePlan, namespace: NamespacePlan): ReadonlySet<string> {
  const exceptions = plan.exceptions.filter(({ module }) => module === namespace.name);
  const classes = plan.classes.filter(({ module }) => module === namespace.name);
  const enums = plan.enums.filter(({ module }) => module === namespace.name);
  return new Set([
    ...namespace.functions.map(({ name }) => name),
    ...namespace.constants.map(({ name }) => name),
    ...namespace.aliases.map(({ name }) => name),
    ...namespace.modules.map(({ name }) => name.split('.').at(-1) ?? ''),
    ...plan.extensions
      .filter(({ module }) => module === namespace.name)
      .flatMap(({ name, functions }) => [name, ...functions.map((fn) => fn.name)]),
    ...enums.flatMap(({ name, methods }) => [name, ...methods.map(({ plan: fn }) => fn.name)]),
    ...classes.flatMap(({ name, methods, properties, variants = [] }) => [
      name,
      ...methods.map(({ plan: fn }) => fn.name),
      ...properties.map((property) => property.name),
      ...variants.flatMap((variant) => [variant.name, ...variant.properties.map((property) => property.name)]),
    ]),
    ...exceptions.flatMap(({ name, attributes }) => [name, ...attributes.map((attribute) => attribute.name)]),
  ]);
}

/** How names of other modules are written in one stub, and the imports that this needs. */
class Names implements Naming {
  readonly #module: string;
  readonly #defined: ReadonlySet<string>;
  readonly #classes: ReadonlyMap<ItemKey, ClassPlan | EnumPlan | ExceptionPlan>;
  readonly #variants: ReadonlySet<string>;
  readonly #imports = new Map<string, Set<string>>();
  readonly #variables = new Set<string>();
  #isNested = false;

  constructor(plan: ModulePlan, namespace: NamespacePlan) {
    this.#module = namespace.name;
    this.#defined = namesIn(plan, namespace);
    this.#variants = new Set([
      ...plan.classes.flatMap(({ variants = [] }) => variants.map(({ name }) => name)),
      ...plan.exceptions.flatMap(({ name, parent }) => (parent === undefined ? [] : [name])),
    ]);
    this.#classes = new Map(
      [...plan.classes, ...plan.enums, ...plan.exceptions.filter(({ parent }) => parent === undefined)].map((item) => [
        item.key,
        item,
      ]),
    );
  }

  render(type: PyType): string {
    return renderPyType(type, this);
  }

  own(item: ItemKey): string {
    const found = this.#classes.get(item);
    if (!found) throw new Error(`${item} has no class`);
    if (found.module !== this.#module) return this.name(found.module, found.name);
    // Inside a class, a variant of the same name hides it.
    return this.#variants.has(found.name) ? this.fromOutside(found.module, found.name) : found.name;
  }

  /** `_T`, made at the head of the stub. */
  variable(name: string): string {
    const own = this.#isNested ? `${name}_` : name;
    this.#variables.add(own);
    return `_${own}`;
  }

  /** A class inside another one cannot use the type variables of that. */
  nested(write: () => string): string {
    this.#isNested = true;
    const written = write();
    this.#isNested = false;
    return written;
  }

  /** The type variables that the stub uses. */
  variables(): string {
    const make = this.#variables.size === 0 ? '' : this.name('typing', 'TypeVar');
    return [...this.#variables]
      .sort()
      .map((name) => `_${name} = ${make}("_${name}")`)
      .join('\n');
  }

  /** A name of a module by way of the module, where the bare name means something else. */
  fromOutside(module: string, name: string): string {
    const alias = `_${module.replaceAll('.', '_')}`;
    this.#add(`import ${module} as ${alias}`);
    return `${alias}.${name}`;
  }

  name(module: string, name: string): string {
    const isShadowed = this.#defined.has(name);
    if (module === 'builtins') {
      if (!isShadowed) return name;
      this.#add('import builtins as _builtins');
      return `_builtins.${name}`;
    }
    this.#add(`from ${module} import`, isShadowed ? `${name} as _${name}` : name);
    return isShadowed ? `_${name}` : name;
  }

  imports(): string {
    return [...this.#imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([statement, names]) => (names.size === 0 ? statement : `${statement} ${[...names].sort().join(', ')}`))
      .join('\n');
  }

  #add(statement: string, name?: string): void {
    const names = this.#imports.get(statement) ?? new Set<string>();
    if (name !== undefined) names.add(name);
    this.#imports.set(statement, names);
  }
}
