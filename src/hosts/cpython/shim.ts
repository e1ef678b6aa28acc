/**
 * Plan -> the Rust source of the module. The contract with the runtime is in docs/design/runtime.md.
 *
 * `emitShim` is the table of contents of what it writes.
 */

import { rustCString, rustString } from '../../emit/rust.ts';
import { paragraphs, text } from '../../emit/text.ts';
import { rustErrorType, rustIdentifier, rustPath } from '../../interface/rust.ts';
import type { ErrorValue, Value } from '../../interface/types.ts';
import { conversionOf } from './conversions.ts';
import type { DefaultLiteral } from './defaults.ts';
import { BASES, type ExceptionPlan } from './exceptions.ts';
import type { FunctionPlan, ParameterPlan } from './functions.ts';
import type { ConstantPlan, ModulePlan, NamespacePlan } from './plan.ts';
import { functionSignature, textSignature } from './signature.ts';

/** `src/lib.rs` of the shim crate. */
export function emitShim(plan: ModulePlan): string {
  const namespaces = [...namespacesOf(plan.root)];
  const functions = namespaces.flatMap((namespace) => namespace.functions);
  const symbols = symbolsOf(functions);
  const source = paragraphs([
    header(plan),
    panicGuard(),
    assertions(functions),
    ...plan.exceptions.map((exception) => errorConversion(plan, exception)),
    ...functions.map((fn) => entry(plan, fn, symbols)),
    exceptionClasses(plan),
    ...namespaces.reverse().map((namespace) => namespaceStatic(plan, namespace, symbols)),
    moduleStatic(plan),
    initialisation(plan),
  ]);
  return `${source}\n`;
}

function header(plan: ModulePlan): string {
  return text`
    //! Python module \`${plan.name}\`: emitted by Ferrule from the crate \`${plan.crate}\`. Changes are overwritten.

    #![allow(non_snake_case, non_upper_case_globals, mixed_script_confusables, uncommon_codepoints, deprecated)]

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
  const lines = functions.flatMap(({ path, pointerType }) =>
    pointerType === undefined ? [] : [`const _: ${pointerType} = ${rustPath(path)};`],
  );
  return lines.length === 0 ? undefined : ['// rustc checks our reading of the interface.', ...lines].join('\n');
}

function errorConversion(plan: ModulePlan, exception: ExceptionPlan): string | undefined {
  const { source } = exception;
  if (!source) return undefined;
  const type = rustPath(source.path);
  const message = { Display: 'format!("{error}")', Debug: 'format!("{error:?}")', name: `String::from(${rustString(exception.name)})` };
  const classes = source.variants?.map(({ index }) => plan.exceptions[index] as ExceptionPlan);
  const arms = classes
    ? [
        ...source.variants!.map(({ name }, i) => arm(`${type}::${rustIdentifier(name)}`, classes[i] as ExceptionPlan)),
        ...(source.open ? [text`
          #[allow(unreachable_patterns)]
          _ => exception.raise(context, ${exception.index}),
        `] : []),
      ]
    : [arm(type, exception)];
  return text`
    /// \`${source.path.join('::')}\` as an exception.
    struct ${errorName(exception)};

    impl ErrorConversion for ${errorName(exception)} {
        type Value = ${type};

        fn fault(error: Self::Value, context: &Context) -> Fault {
            let exception = Exception::new(&${message[source.message]}, ${source.hasSource ? 'Cause::of(&error)' : 'Cause::none()'});
            match &error {
                ${arms.length === 0 ? ['_ => exception.raise(context, ' + exception.index + '),'] : arms}
            }
        }
    }
  `;
}

function arm(pattern: string, { index, attributes }: ExceptionPlan): string {
  const fields = attributes.map(({ field }, i) => `${/^\d/.test(field) ? field : rustIdentifier(field)}: field${i}`);
  const calls = attributes.map(
    ({ name, value }, i) => `.attribute::<c::Ref<${conversionOf(value)}>>(context, ${rustCString(name)}, field${i})`,
  );
  return `${pattern} { ${[...fields, '..'].join(', ')} } => exception${calls.join('')}.raise(context, ${index}),`;
}

function errorName({ source }: ExceptionPlan): string {
  return `Error_${source?.path.slice(1).join('_')}`;
}

function entry(plan: ModulePlan, fn: FunctionPlan, symbols: ReadonlyMap<FunctionPlan, string>): string {
  return fn.parameters.length === 0 ? entryWithoutArguments(plan, fn, symbols) : entryWithArguments(plan, fn, symbols);
}

function entryWithoutArguments(plan: ModulePlan, fn: FunctionPlan, symbols: ReadonlyMap<FunctionPlan, string>): string {
  return text`
    /// \`${fn.path.join('::')}\` as \`${functionSignature(fn)}\`.
    unsafe extern "C" fn ${symbols.get(fn)}(module: Object, arguments: *const Object, count: isize) -> Object {
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

function entryWithArguments(plan: ModulePlan, fn: FunctionPlan, symbols: ReadonlyMap<FunctionPlan, string>): string {
  const list = fn.parameters.map((parameter) => parameterStatic(plan, parameter));
  return text`
    /// \`${fn.path.join('::')}\` as \`${functionSignature(fn)}\`.
    unsafe extern "C" fn ${symbols.get(fn)}(
        module: Object,
        arguments: *const Object,
        count: isize,
        keywords: Object,
    ) -> Object {
        static SIGNATURE: Signature<${list.length}> = Signature::new(
            ${rustString(fn.name)},
            [${list.join(', ')}],
        );
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
        unsafe {
            call(&SIGNATURE, &GATE, module, arguments, count, keywords, |call, [${fn.parameters.map((_, i) => `a${i}`).join(', ')}]| {
                ${fn.parameters.map(({ value }, i) => `let a${i} = call.lower::<${loweredBy(value)}>(${i}, a${i})?;`)}
                ${body(plan, fn)}
            })
        }
    }
  `;
}

function body(plan: ModulePlan, fn: FunctionPlan): string {
  const call = `${rustPath(fn.path)}(${fn.parameters.map(({ value }, i) => (isLent(value) ? `&a${i}` : `a${i}`)).join(', ')})`;
  const run = fn.output.kind === 'never' ? `call.run::<()>(|| ${call})` : `call.run(|| ${call})`;
  const lines = [`let result = ${run};`];
  if (fn.deprecated !== undefined) lines.unshift(`call.deprecated(${rustCString(deprecation(fn))})?;`);
  if (fn.error) lines.push(`let result = call.ok::<${errorConversionOf(plan, fn.error)}, _>(result)?;`);
  const lift = fn.output.kind === 'never' ? 'c::Unit' : conversionOf(fn.output);
  return [...lines, `call.lift::<${lift}>(result)`].join('\n');
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

function exceptionClasses({ exceptions }: ModulePlan): string {
  const classes = exceptions.map(
    ({ module, qualifiedName, parent, base, docs }) => text`
      ExceptionClass {
          module: ${rustCString(module)},
          name: ${rustCString(qualifiedName)},
          parent: ${parent === undefined ? 'None' : `Some(${parent})`},
          base: ${parent === undefined ? `Base::${BASES[base as keyof typeof BASES]}` : 'Base::Exception'},
          doc: ${rustCString(docs)},
      },
    `,
  );
  return text`
    static EXCEPTIONS: [ExceptionClass; ${classes.length}] = [
        ${classes}
    ];
  `;
}

function namespaceStatic(plan: ModulePlan, namespace: NamespacePlan, symbols: ReadonlyMap<FunctionPlan, string>): string {
  const functions = namespace.functions.map((fn) => functionEntry(fn, symbols));
  const constants = namespace.constants.map(constantEntry);
  const exceptions = namespace.exceptions.map(
    (index) => `(${rustCString(plan.exceptions[index]?.name ?? '')}, ${index}),`,
  );
  const aliases = namespace.aliases.map(({ name, module, target }) => {
    const way = [...module.split('.').slice(1), target].map(rustCString);
    return `Alias { name: ${rustCString(name)}, target: &[${way.join(', ')}] },`;
  });
  return text`
    static ${namespaceName(namespace)}: Namespace = Namespace {
        name: ${rustCString(namespace.name.split('.').at(-1) ?? '')},
        doc: ${rustCString(namespace.docs)},
        functions: &[
            ${functions}
        ],
        constants: &[
            ${constants}
        ],
        exceptions: &[
            ${exceptions}
        ],
        aliases: &[
            ${aliases}
        ],
        modules: &[${namespace.modules.map((module) => `&${namespaceName(module)}`).join(', ')}],
    };
  `;
}

function functionEntry(fn: FunctionPlan, symbols: ReadonlyMap<FunctionPlan, string>): string {
  const convention = fn.parameters.length === 0 ? 'Positional' : 'Keywords';
  return text`
    Function::new(
        ${rustCString(fn.name)},
        ${rustCString(`${textSignature(fn)}${fn.docs}`)},
        Entry::${convention}(${symbols.get(fn)}),
    ),
  `;
}

/** A constant is made anew where it is named; a static is copied out. */
function constantEntry({ name, path, value, isStatic }: ConstantPlan): string {
  const expression = isStatic && !isCopy(value) ? `${rustPath(path)}.clone()` : rustPath(path);
  return text`
    Constant {
        name: ${rustCString(name)},
        // SAFETY: called with the thread attached, as \`Constant\` promises.
        value: |context| unsafe { <${conversionOf(value)} as Lift>::lift(${expression}, context) },
    },
  `;
}

function isCopy({ kind }: Value): boolean {
  return kind === 'int' || kind === 'float' || kind === 'bool' || kind === 'char' || kind === 'reference';
}

function namespaceName({ name }: NamespacePlan): string {
  return `NAMESPACE_${name.replaceAll('.', '_')}`;
}

function moduleStatic(plan: ModulePlan): string {
  return text`
    static MODULE: Module = Module {
        names: &[${plan.parameterNames.map((name) => rustString(name)).join(', ')}],
        defaults: &[${plan.defaults.map(literal).join(', ')}],
        exceptions: &EXCEPTIONS,
        panic_error: ${rustCString(plan.panicError)},
        root: &${namespaceName(plan.root)},
    };
  `;
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
  return text`
    static DEFINITION: Definition = Definition::new(${rustCString(plan.name)}, ${rustCString(plan.root.docs)}, execute);

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

/** One symbol a function, readable and unique: paths `a::b_c` and `a_b::c` would meet. */
function symbolsOf(functions: readonly FunctionPlan[]): ReadonlyMap<FunctionPlan, string> {
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
