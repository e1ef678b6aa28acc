/**
 * Plan -> the Rust source of the module. The contract with the runtime is in docs/design/runtime.md.
 *
 * `emitShim` is the table of contents of what it writes.
 */

import type { FileSet } from '../../../emit/files.ts';
import { assignment, fits, list, structItem, WIDTH } from '../../../emit/layout.ts';
import { rustCString, rustString, rustSymbol } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import { rustPath } from '../../../interface/rust.ts';
import type { DefaultLiteral } from '../defaults.ts';
import type { FunctionPlan } from '../functions.ts';
import type { AliasPlan, ModulePlan, NamespacePlan } from '../plan.ts';
import { classItems, definitionName } from './classes.ts';
import { constantEntry } from './constants.ts';
import { enumDefinitionName, enumItems } from './enums.ts';
import { constantName, functionEntry } from './entry.ts';
import { wellKnownImports } from './well-known.ts';
import { extensionDefinitionName, extensionItems, extensionPlace } from './extensions.ts';
import { downcastName, errorConversion, exceptionClass } from './errors.ts';
import { holderDefinitions } from './kept.ts';
import { variantDefinitions } from './variants.ts';

/** The files of the shim crate, but for its manifest. */
export function emitShim(plan: ModulePlan): FileSet {
  return new Map([
    ['src/lib.rs', emitSource(plan)],
    ['rustfmt.toml', `max_width = ${WIDTH}\nuse_small_heuristics = "Max"\n`],
  ]);
}

function emitSource(plan: ModulePlan): string {
  const namespaces = [...namespacesOf(plan.root)];
  const functions = namespaces.flatMap((namespace) => namespace.functions);
  const symbols = symbolsOf(functions);
  const items = paragraphs([
    assertions(functions),
    ...plan.exceptions.map((exception) => errorConversion(plan, exception)),
    ...functions.map((fn) => functionEntry(plan, fn, symbols.get(fn) ?? '')),
    ...plan.classes.map((item) => classItems(plan, item)),
    ...plan.extensions.map((item) => extensionItems(plan, item)),
    ...plan.enums.map((item) => enumItems(plan, item)),
    plan.exceptions.map(exceptionClass).join('\n'),
    ...namespaces.toReversed().map((namespace) => namespaceStatic(plan, namespace, symbols)),
    moduleStatic(plan),
    initialisation(plan),
  ]);
  return `${paragraphs([header(plan, wellKnownImports(items)), panicGuard(), items])}\n`;
}

function header(plan: ModulePlan, imports: readonly string[]): string {
  return text`
    //! Python module \`${plan.name}\`: emitted by Ferrule from the crate \`${plan.crate}\`. Changes are overwritten.

    #![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, mixed_script_confusables, uncommon_codepoints, deprecated)]
    #![allow(clippy::redundant_closure, clippy::type_complexity, clippy::unneeded_struct_pattern, clippy::needless_lifetimes)] // One form for all items.

    use ferrule_cpython::shim::*;
    ${imports}
  `;
}

/** What the module promises (a panic becomes an exception) does not hold without unwinding. */
function panicGuard(): string {
  return text`
    #[cfg(not(panic = "unwind"))]
    compile_error!("a Python module has to be built with panic = \\"unwind\\"");
  `;
}

function assertions(functions: readonly FunctionPlan[]): string | undefined {
  const lines = functions.flatMap(({ path, pointerType }) => {
    if (pointerType === undefined) return [];
    const line = `const _: ${pointerType} = ${rustPath(path)};`;
    return fits(line, 0) ? [line] : [`const _: ${pointerType} =`, `    ${rustPath(path)};`];
  });
  return lines.length === 0 ? undefined : ['// rustc checks our reading of the interface.', ...lines].join('\n');
}

function namespaceStatic(plan: ModulePlan, namespace: NamespacePlan, symbols: Symbols): string {
  const name = namespaceName(namespace);
  const functions = namespace.functions.map((fn) => constantName(symbols.get(fn) ?? ''));
  const constants = namespace.constants.map((_, i) => `${name}_CONSTANT_${i}`);
  const exceptions = namespace.exceptions.map(
    (index) => `(${rustCString(plan.exceptions[index]?.name ?? '')}, ${index})`,
  );
  const extensions = plan.extensions.filter(({ module }) => module === namespace.name);
  const classes = [
    ...namespace.classes.map((place) => `(${rustCString(plan.classes[place]?.name ?? '')}, ${place})`),
    ...extensions.map((item) => `(${rustCString(item.name)}, ${extensionPlace(plan, item)})`),
  ];
  const enums = namespace.enums.map((place) => `(${rustCString(plan.enums[place]?.name ?? '')}, ${place})`);
  const aliases = namespace.aliases.map((_, i) => `${name}_ALIAS_${i}`);
  const modules = namespace.modules.map((module) => `&${namespaceName(module)}`);
  const fields = [
    `name: ${rustCString(namespace.name.split('.').at(-1) ?? '')}`,
    `doc: ${rustCString(namespace.docs)}`,
    list('functions: &[', functions, ']', 5),
    list('constants: &[', constants, ']', 5),
    list('exceptions: &[', exceptions, ']', 5),
    list('classes: &[', classes, ']', 5),
    list('enums: &[', enums, ']', 5),
    list('modules: &[', modules, ']', 5),
    list('aliases: &[', aliases, ']', 5),
  ];
  return text`
    ${namespace.constants.map((constant, i) => constantEntry(constant, constants[i] ?? ''))}
    ${namespace.aliases.map((alias, i) => aliasEntry(alias, aliases[i] ?? ''))}
    ${structItem('static', name, 'Namespace', fields)}
  `;
}

function aliasEntry({ name, module, target }: AliasPlan, symbol: string): string {
  const way = [...module.split('.').slice(1), ...target.split('.')].map(rustCString);
  return structItem('const', symbol, 'Alias', [`name: ${rustCString(name)}`, `target: &[${way.join(', ')}]`]);
}

function namespaceName({ name }: NamespacePlan): string {
  return `NAMESPACE_${name.replaceAll('.', '_')}`;
}

function moduleStatic(plan: ModulePlan): string {
  const exceptions = plan.exceptions.map(({ index }) => `EXCEPTION_${index}`);
  return structItem('static', 'MODULE', 'Module', [
    list(
      'names: &[',
      plan.parameterNames.map((name) => rustString(name)),
      ']',
      5,
    ),
    list('defaults: &[', plan.defaults.map(literal), ']', 5),
    list('exceptions: &[', exceptions, ']', 5),
    list(
      'classes: &[',
      [
        ...plan.classes.map(definitionName),
        ...plan.extensions.map(extensionDefinitionName),
        ...variantDefinitions(plan),
        ...holderDefinitions(plan),
      ].map((name) => `&${name}`),
      ']',
      5,
    ),
    list(
      'enums: &[',
      plan.enums.map((item) => `&${enumDefinitionName(item)}`),
      ']',
      5,
    ),
    list('downcasts: &[', plan.exceptions.filter(({ source }) => source?.hasSource).map(downcastName), ']', 5),
    `panic_error: ${rustCString(plan.panicError)}`,
    `root: &${namespaceName(plan.root)}`,
  ]);
}

function literal(value: DefaultLiteral): string {
  switch (value.kind) {
    case 'bool':
      return `Literal::Bool(${value.value})`;
    case 'int':
      return `Literal::Int(${value.value})`;
    case 'float':
      return `Literal::Float(${Number.isInteger(value.value) ? value.value.toFixed(1) : value.value})`;
    case 'text':
      return `Literal::Str(${rustString(value.value)})`;
    case 'list':
      return `Literal::List(&[${value.values.map(literal).join(', ')}])`;
  }
}

function initialisation(plan: ModulePlan): string {
  const definition = [rustCString(plan.name), rustCString(plan.root.docs), 'execute'];
  return text`
    ${assignment('static DEFINITION: Definition', 'Definition::new(', definition, ');')}

    unsafe extern "C" fn execute(module: Object) -> std::ffi::c_int {
        // SAFETY: CPython executes the module that it made from \`DEFINITION\`.
        unsafe { MODULE.exec(module) }
    }

    /// What the interpreter calls when it imports the module.
    #[unsafe(no_mangle)]
    pub extern "C" fn PyInit_${plan.name}() -> Object {
        DEFINITION.init()
    }
  `;
}

/** Names of the entry functions. */
type Symbols = ReadonlyMap<FunctionPlan, string>;

/** One symbol a function, readable and unique: paths `a::b_c` and `a_b::c` would meet. */
function symbolsOf(functions: readonly FunctionPlan[]): Symbols {
  const taken = new Set<string>();
  return new Map(
    functions.map((fn) => {
      let symbol = rustSymbol('function', ...fn.path.slice(1));
      while (taken.has(symbol)) symbol += '_';
      taken.add(symbol);
      return [fn, symbol];
    }),
  );
}

function* namespacesOf(namespace: NamespacePlan): Iterable<NamespacePlan> {
  yield namespace;
  for (const module of namespace.modules) yield* namespacesOf(module);
}
