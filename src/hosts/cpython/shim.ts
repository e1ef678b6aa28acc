/**
 * Plan -> the Rust source of the module. The contract with the runtime is in docs/design/runtime.md.
 *
 * `emitShim` is the table of contents of what it writes.
 */

import type { FileSet } from '../../emit/files.ts';
import { assignment, chain, fits, list, WIDTH } from '../../emit/layout.ts';
import { rustCString, rustString } from '../../emit/rust.ts';
import { paragraphs, text } from '../../emit/text.ts';
import { children, rustErrorType, rustIdentifier, rustPath } from '../../interface/rust.ts';
import type { ErrorValue, Value } from '../../interface/types.ts';
import { conversionOf } from './conversions.ts';
import type { DefaultLiteral } from './defaults.ts';
import { type AttributePlan, BASES, type ErrorSource, type ExceptionPlan } from './exceptions.ts';
import type { FunctionPlan, ParameterPlan } from './functions.ts';
import type { AliasPlan, ConstantPlan, ModulePlan, NamespacePlan } from './plan.ts';
import { functionSignature, textSignature } from './signature.ts';

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
  const source = paragraphs([
    header(plan),
    panicGuard(),
    assertions(functions),
    ...plan.exceptions.map((exception) => errorConversion(plan, exception)),
    ...functions.map((fn) => entry(plan, fn, symbols)),
    plan.exceptions.map(exceptionClass).join('\n'),
    ...namespaces.toReversed().map((namespace) => namespaceStatic(plan, namespace, symbols)),
    moduleStatic(plan),
    initialisation(plan),
  ]);
  return `${source}\n`;
}

function header(plan: ModulePlan): string {
  return text`
    //! Python module \`${plan.name}\`: emitted by Ferrule from the crate \`${plan.crate}\`. Changes are overwritten.

    #![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, mixed_script_confusables, uncommon_codepoints, deprecated)]
    #![allow(clippy::type_complexity, clippy::unneeded_struct_pattern)] // Types stand whole, patterns in one form.

    use ferrule_cpython::shim::*;
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

function errorConversion(plan: ModulePlan, exception: ExceptionPlan): string | undefined {
  const { source } = exception;
  if (!source) return undefined;
  return text`
    /// \`${source.path.join('::')}\` as an exception.
    struct ${errorName(exception)};

    impl ErrorConversion for ${errorName(exception)} {
        type Value = ${rustPath(source.path)};

        fn fault(error: &Self::Value, context: &Context) -> Fault {
            let exception = Exception::new(&${messageOf(exception, source)});
            ${source.variants === undefined ? raiseStruct(exception, source) : raiseEnum(plan, exception, source.variants)}
        }
        ${source.hasSource && SOURCE_METHOD}
    }
    ${source.hasSource && downcast(exception)}
  `;
}

const SOURCE_METHOD = `
fn source(error: &Self::Value) -> Option<&(dyn std::error::Error + 'static)> {
    std::error::Error::source(error)
}`;

/** How the runtime recognises the type behind \`dyn Error\`. */
function downcast(exception: ExceptionPlan): string {
  const value = `|error, context| error.downcast_ref().map(|error| ${errorName(exception)}::fault(error, context));`;
  const head = `const ${downcastName(exception)}: Downcast =`;
  return fits(`${head} ${value}`, 0) ? `${head} ${value}` : `${head}\n    ${value}`;
}

function downcastName({ index }: ExceptionPlan): string {
  return `EXCEPTION_${index}_BEHIND`;
}

function messageOf({ name }: ExceptionPlan, { message }: ErrorSource): string {
  switch (message) {
    case 'Display':
      return 'error.to_string()';
    case 'Debug':
      return 'format!("{error:?}")';
    case 'name':
      return rustString(name);
  }
}

function raiseStruct(exception: ExceptionPlan, source: ErrorSource): string {
  const { index, attributes } = exception;
  const raise = chain('exception', [...attributeCalls(attributes), `.raise(context, ${index})`], 8);
  return attributes.length === 0 ? raise : `let ${fieldPattern(rustPath(source.path), attributes)} = error;\n${raise}`;
}

function raiseEnum(plan: ModulePlan, exception: ExceptionPlan, variants: NonNullable<ErrorSource['variants']>): string {
  const type = rustPath(exception.source?.path ?? []);
  const arms = variants.map(({ name, index }) =>
    errorArm(`${type}::${rustIdentifier(name)}`, plan.exceptions[index] as ExceptionPlan),
  );
  const isOpen = exception.source?.open === true || arms.length === 0;
  return text`
    match error {
        ${isOpen ? [...arms, `_ => exception.raise(context, ${exception.index}),`] : arms}
    }
  `;
}

function errorArm(type: string, { index, attributes }: ExceptionPlan): string {
  const indent = 12;
  const head = `${fieldPattern(type, attributes)} => `;
  const calls = [...attributeCalls(attributes), `.raise(context, ${index})`];
  const raise = `exception${calls.join('')}`;
  if (fits(`${head}${raise},`, indent)) return `${head}${raise},`;
  if (fits(raise, indent + 4)) return `${head}{\n    ${raise}\n}`;
  return `${head}${chain('exception', calls, indent, ',')}`;
}

/** A pattern with braces fits unit, tuple and struct variants alike. */
function fieldPattern(type: string, attributes: readonly AttributePlan[]): string {
  const fields = attributes.map(({ field }, i) => `${/^\d/.test(field) ? field : rustIdentifier(field)}: field${i}`);
  return `${type} { ${[...fields, '..'].join(', ')} }`;
}

function attributeCalls(attributes: readonly AttributePlan[]): readonly string[] {
  return attributes.map(
    ({ name, value }, i) => `.attribute::<c::Ref<${conversionOf(value)}>>(context, ${rustCString(name)}, field${i})`,
  );
}

function errorName({ source }: ExceptionPlan): string {
  return `Error_${source?.path.slice(1).join('_')}`;
}

function entry(plan: ModulePlan, fn: FunctionPlan, symbols: Symbols): string {
  return text`
    /// \`${fn.path.join('::')}\` as \`${functionSignature(fn)}\`.
    ${fn.parameters.length === 0 ? entryWithoutArguments(plan, fn, symbols) : entryWithArguments(plan, fn, symbols)}
    ${functionConstant(fn, symbols)}
  `;
}

function entryWithoutArguments(plan: ModulePlan, fn: FunctionPlan, symbols: Symbols): string {
  return text`
    ${list(`unsafe extern "C" fn ${symbols.get(fn)}(`, ['module: Object', 'arguments: *const Object', 'count: isize'], ') -> Object {', 0)}
        static SIGNATURE: Signature<0> = Signature::new(${rustString(fn.name)}, []);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this function with the arguments of METH_FASTCALL.
        unsafe {
            call_without_arguments(&SIGNATURE, &GATE, module, arguments, count, |call| {
                ${body(plan, fn)}
            })
        }
    }
  `;
}

function entryWithArguments(plan: ModulePlan, fn: FunctionPlan, symbols: Symbols): string {
  const received = ['module: Object', 'arguments: *const Object', 'count: isize', 'keywords: Object'];
  const parameters = fn.parameters.map((parameter) => parameterStatic(plan, parameter));
  const signature = [rustString(fn.name), list('[', parameters, ']', 8)];
  const names = fn.parameters.map((_, i) => `a${i}`);
  return text`
    ${list(`unsafe extern "C" fn ${symbols.get(fn)}(`, received, ') -> Object {', 0)}
        ${list(`static SIGNATURE: Signature<${parameters.length}> = Signature::new(`, signature, ');', 4)}
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
        unsafe {
            call(&SIGNATURE, &GATE, module, arguments, count, keywords, |call, [${names.join(', ')}]| {
                ${fn.parameters.map(({ value }, i) => `let a${i} = call.lower::<${loweredBy(value)}>(${i}, a${i})?;`)}
                ${body(plan, fn)}
            })
        }
    }
  `;
}

/** Name, signature and docs for the module's table. */
function functionConstant(fn: FunctionPlan, symbols: Symbols): string {
  const convention = fn.parameters.length === 0 ? 'Positional' : 'Keywords';
  const symbol = symbols.get(fn) ?? '';
  return assignment(
    `const ${constantName(symbol)}: Function`,
    'Function::new(',
    [rustCString(fn.name), rustCString(`${textSignature(fn)}${fn.docs}`), `Entry::${convention}(${symbol})`],
    ');',
  );
}

/** The constant beside a function. */
function constantName(symbol: string): string {
  return symbol.replace(/^function/, 'FUNCTION');
}

function body(plan: ModulePlan, fn: FunctionPlan): readonly string[] {
  const warning = fn.deprecated === undefined ? [] : [`call.deprecated(${rustCString(deprecation(fn))})?;`];
  if (fn.output.kind === 'never')
    return [...warning, `call.run::<()>(|| ${userCall(fn)});`, 'call.lift::<c::Unit>(())'];
  const run = fn.parameters.length === 0 ? `call.run(${rustPath(fn.path)})` : `call.run(|| ${userCall(fn)})`;
  if (fn.error) return [...warning, `let result = ${run};`, ...unwrapped(plan, fn, fn.error)];
  if (fn.output.kind === 'unit') return [...warning, `${run};`, 'call.lift::<c::Unit>(())'];
  return [...warning, `let result = ${run};`, `call.lift::<${conversionOf(fn.output)}>(result)`];
}

/** The `Ok` half, or out with the error. */
function unwrapped(plan: ModulePlan, fn: FunctionPlan, error: ErrorValue): readonly string[] {
  const ok = `call.ok::<${errorConversionOf(plan, error)}, _>(result)?;`;
  if (fn.output.kind === 'unit') return [ok, 'call.lift::<c::Unit>(())'];
  return [`let value = ${ok}`, `call.lift::<${conversionOf(fn.output)}>(value)`];
}

function userCall(fn: FunctionPlan): string {
  const passed = fn.parameters.map(({ value }, i) => (isLent(value) ? `&a${i}` : `a${i}`));
  return `${rustPath(fn.path)}(${passed.join(', ')})`;
}

function deprecation({ name, deprecated }: FunctionPlan): string {
  return deprecated ? `${name}() is deprecated: ${deprecated}` : `${name}() is deprecated`;
}

/** `&i64` or `&Vec<T>` as a parameter: the value stands on the shim's stack and is lent from there. */
function isLent(value: Value): value is Extract<Value, { kind: 'reference' }> {
  return value.kind === 'reference';
}

function loweredBy(value: Value): string {
  return conversionOf(isLent(value) ? value.of : value);
}

function parameterStatic(plan: ModulePlan, { name, default: value }: ParameterPlan): string {
  const index = plan.parameterNames.indexOf(name);
  if (value === undefined) return `Parameter::required(${rustString(name)}, ${index})`;
  if (value.kind === 'missing') return `Parameter::optional(${rustString(name)}, ${index})`;
  return `Parameter::with_default(${rustString(name)}, ${index}, ${value.index})`;
}

function errorConversionOf(plan: ModulePlan, error: ErrorValue): string {
  switch (error.kind) {
    case 'std':
      return `e::Std<${error.rust}>`;
    case 'text':
      return `e::Text<${error.rust}>`;
    case 'boxed':
      return `e::Boxed<${error.rust}>`;
    case 'unit':
      return 'e::Unit';
    case 'own': {
      const type = rustErrorType(error);
      const exception = plan.exceptions.find(({ source }) => source && rustPath(source.path) === type);
      return errorName(exception as ExceptionPlan);
    }
    case 'unsupported':
      throw new Error('an unsupported error was planned');
  }
}

function exceptionClass({ index, module, qualifiedName, parent, base, docs }: ExceptionPlan): string {
  const fields = [
    `module: ${rustCString(module)}`,
    `name: ${rustCString(qualifiedName)}`,
    `parent: ${parent === undefined ? 'None' : `Some(${parent})`}`,
    `base: Base::${parent === undefined ? BASES[base as keyof typeof BASES] : 'Exception'}`,
    `doc: ${rustCString(docs)}`,
  ];
  return structItem('const', `EXCEPTION_${index}`, 'ExceptionClass', fields);
}

/** `const NAME: Type = Type { field: value, ... };`, broken as rustfmt breaks it. */
function structItem(kind: 'const' | 'static', name: string, type: string, fields: readonly string[]): string {
  const line = `${type} { ${fields.join(', ')} };`;
  const head = `${kind} ${name}: ${type} =`;
  const isOneLine = !line.includes('\n');
  if (isOneLine && fits(`${head} ${line}`, 0)) return `${head} ${line}`;
  if (isOneLine && fits(line, 4)) return `${head}\n    ${line}`;
  return text`
    ${head} ${type} {
        ${fields.map((field) => `${field},`)}
    };
  `;
}

function namespaceStatic(plan: ModulePlan, namespace: NamespacePlan, symbols: Symbols): string {
  const name = namespaceName(namespace);
  const functions = namespace.functions.map((fn) => constantName(symbols.get(fn) ?? ''));
  const constants = namespace.constants.map((_, i) => `${name}_CONSTANT_${i}`);
  const exceptions = namespace.exceptions.map(
    (index) => `(${rustCString(plan.exceptions[index]?.name ?? '')}, ${index})`,
  );
  const aliases = namespace.aliases.map((_, i) => `${name}_ALIAS_${i}`);
  const modules = namespace.modules.map((module) => `&${namespaceName(module)}`);
  const fields = [
    `name: ${rustCString(namespace.name.split('.').at(-1) ?? '')}`,
    `doc: ${rustCString(namespace.docs)}`,
    list('functions: &[', functions, ']', 5),
    list('constants: &[', constants, ']', 5),
    list('exceptions: &[', exceptions, ']', 5),
    list('modules: &[', modules, ']', 5),
    list('aliases: &[', aliases, ']', 5),
  ];
  return text`
    ${namespace.constants.map((constant, i) => constantEntry(constant, constants[i] ?? ''))}
    ${namespace.aliases.map((alias, i) => aliasEntry(alias, aliases[i] ?? ''))}
    ${structItem('static', name, 'Namespace', fields)}
  `;
}

/** A constant is made anew where it is named; a static is copied out. */
function constantEntry({ name, path, value, isStatic }: ConstantPlan, symbol: string): string {
  const expression = isStatic && !isCopy(value) ? `${rustPath(path)}.clone()` : rustPath(path);
  return text`
    const ${symbol}: Constant = Constant {
        name: ${rustCString(name)},
        // SAFETY: called with the thread attached, as \`Constant\` promises.
        value: |context| unsafe { <${conversionOf(value)} as Lift>::lift(${expression}, context) },
    };
  `;
}

function aliasEntry({ name, module, target }: AliasPlan, symbol: string): string {
  const way = [...module.split('.').slice(1), target].map(rustCString);
  return structItem('const', symbol, 'Alias', [`name: ${rustCString(name)}`, `target: &[${way.join(', ')}]`]);
}

function isCopy(value: Value): boolean {
  switch (value.kind) {
    case 'bool':
    case 'int':
    case 'nonZero':
    case 'float':
    case 'char':
    case 'byteArray':
    case 'reference':
    case 'duration':
    case 'systemTime':
    case 'ipAddress':
    case 'ordering':
      return true;
    case 'text':
      return value.owner === 'str';
    case 'bytes':
    case 'sequence':
      return value.owner === 'slice';
    case 'path':
    case 'osText':
      return value.owner === 'ref';
    case 'array':
    case 'tuple':
    case 'option':
    case 'wrapping':
      return children(value).every(isCopy);
    default:
      return false;
  }
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
      let symbol = `function_${fn.path.slice(1).join('_')}`;
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
