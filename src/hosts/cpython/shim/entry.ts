/** One function that CPython calls: arguments in, the user's function, result out. Functions, methods and constructors are all made of this. */

import { assignment, fits, list } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import { children, rustIdentifier, rustPath } from '../../../interface/rust.ts';
import type { Value } from '../../../interface/types.ts';
import { classSymbol, conversionOf, errorConversionOf, isObject, isThrown, itemConversion } from '../conversions.ts';
import type { FunctionPlan, ParameterPlan } from '../functions.ts';
import { callResult, comesOut, isBesideCode } from '../parameters.ts';
import { iteratedItems } from '../refusals.ts';
import type { ModulePlan } from '../plan.ts';
import { functionSignature, textSignature } from '../signature.ts';
import { closure } from './callbacks.ts';
import { lifetimeCheck } from './lifetimes.ts';

/** How one kind of entry differs from others. */
export interface EntryShape {
  /** Name of the C function. */
  readonly symbol: string;
  /** What the function is called in messages: `scale`, `Point.scale`. */
  readonly title: string;
  /** The runtime's function that does the call. */
  readonly calls: { readonly withArguments: string; readonly withoutArguments: string };
  /** The first C parameter: `module`, `this` or `class`. */
  readonly first: string;
  /** Type of the count of arguments. */
  readonly count: 'isize' | 'usize';
  /** What CPython promises, for the SAFETY comment. */
  readonly promise: string;
  /** Lines after the arguments are there: the borrow of the receiver. */
  readonly receive: readonly string[];
  /** Arguments of the user's function before the declared ones: the receiver. */
  readonly passed: readonly string[];
  /** The end, when it is not the lifting of the result. */
  readonly finish: ((value: string) => string) | undefined;
  /** The class of a method whose result is the object or a part of it. */
  readonly part: string | undefined;
  /** A constructor always gets keywords. */
  readonly alwaysKeywords: boolean;
  /** The call, when it is not that of a function by its path. */
  readonly literal: readonly string[] | undefined;
}

/** The entry of a function of a module. */
export function functionEntry(plan: ModulePlan, fn: FunctionPlan, symbol: string): string {
  return text`
    /// \`${fn.path.join('::')}\` as \`${functionSignature(fn)}\`.
    ${entry(plan, fn, functionShape(fn, symbol))}
    ${functionConstant(fn, symbol)}
  `;
}

/** How functions of a module are called. */
export function functionShape({ name }: FunctionPlan, symbol: string): EntryShape {
  return {
    symbol,
    title: name,
    calls: { withArguments: 'call', withoutArguments: 'call_without_arguments' },
    first: 'module',
    count: 'isize',
    promise: 'CPython calls this function with the arguments of',
    receive: [],
    passed: [],
    finish: undefined,
    part: undefined,
    alwaysKeywords: false,
    literal: undefined,
  };
}

/** The C function. */
export function entry(plan: ModulePlan, fn: FunctionPlan, shape: EntryShape): string {
  const hasKeywords = fn.parameters.length > 0 || shape.alwaysKeywords;
  const received = [`${shape.first}: Object`, 'arguments: *const Object', `count: ${shape.count}`];
  const passed = ['&SIGNATURE', '&GATE', shape.first, 'arguments', 'count'];
  const names = `[${fn.parameters.map((_, i) => `a${i}`).join(', ')}]`;
  const parameters = fn.parameters.map((parameter) => parameterStatic(plan, parameter));
  const signature = [rustString(shape.title), list('[', parameters, ']', 8)];
  const call = hasKeywords
    ? `${shape.calls.withArguments}(${[...passed, 'keywords'].join(', ')}, |call, ${names}| {`
    : `${shape.calls.withoutArguments}(${passed.join(', ')}, |call| {`;
  return text`
    ${list(`unsafe extern "C" fn ${shape.symbol}(`, hasKeywords ? [...received, 'keywords: Object'] : received, ') -> Object {', 0)}
        ${assignment(`static SIGNATURE: Signature<${parameters.length}>`, 'Signature::new(', signature, ');', 4)}
        static GATE: Gate = Gate::new();
        ${shape.literal === undefined && lifetimeCheck(lastOf(fn))}
        // SAFETY: ${shape.promise} ${hasKeywords ? 'METH_FASTCALL | METH_KEYWORDS' : 'METH_FASTCALL'}.
        unsafe {
            ${call}
                ${[fn, ...fn.alternatives].some(isBesideCode) && 'call.beside_code();'}
                ${attempts(fn).map((one) => attempt(plan, shape, one))}
                ${lowerings(lastOf(fn))}
                ${shape.receive}
                ${body(plan, lastOf(fn), shape)}
            })
        }
    }
  `;
}

/** All instantiations but the last, which says what is wrong when none fits. */
function attempts(fn: FunctionPlan): readonly Attempt[] {
  const all = [fn, ...fn.alternatives];
  return fn.alternatives.map((next, i) => ({ one: all[i] as FunctionPlan, next, label: `'_${i}` }));
}

function lastOf(fn: FunctionPlan): FunctionPlan {
  return fn.alternatives.at(-1) ?? fn;
}

interface Attempt {
  readonly one: FunctionPlan;
  readonly next: FunctionPlan;
  /** Of the block that is left where an argument does not fit. */
  readonly label: string;
}

/** One instantiation. What is written back or moved out comes last, so that nothing is before all others fit. */
function attempt(plan: ModulePlan, shape: EntryShape, { one, next, label }: Attempt): string {
  const order = [...one.parameters.keys()].sort((a, b) => Number(isChanged(one, a)) - Number(isChanged(one, b)));
  const lowered = order.map((i) => {
    const conversion = `${loweredBy(valueOf(one, i))}, ${takesInts(valueOf(next, i))}`;
    const name = isMutable(valueOf(one, i)) ? `mut a${i}` : `a${i}`;
    const line = `let Some(${name}) = call.candidate::<${conversion}>(${i}, a${i})? else`;
    return fits(`${line} { break ${label} };`, 20)
      ? `${line} { break ${label} };`
      : `${line} {\n    break ${label};\n};`;
  });
  const lines = body(plan, one, shape);
  return text`
    ${label}: {
        ${lowered}
        ${shape.receive}
        ${lines.slice(0, -1)}
        return ${lines.at(-1)};
    }
  `;
}

function valueOf(fn: FunctionPlan, index: number): Value {
  return (fn.parameters[index] as ParameterPlan).value;
}

/** An int that is too large for one instantiation may fit the next; for floats it would lose digits. */
function takesInts(value: Value): boolean {
  return value.kind === 'int' || children(value).some(takesInts);
}

function isChanged(fn: FunctionPlan, index: number): boolean {
  const value = valueOf(fn, index);
  return value.kind === 'inPlace' || (isObject(value) && !value.clone);
}

/** Objects are moved out last: a wrong argument beside them costs none its value. */
function lowerings(fn: FunctionPlan): readonly string[] {
  const all = fn.parameters.map(({ value }, i) => ({
    moves: (isObject(value) || isThrown(value)) && !value.clone,
    check: isObject(value) ? `call.movable::<${classSymbol(value.item)}>(${i}, a${i})?;` : '',
    lower: isLasting(fn, i)
      ? `let a${i} = call.lend::<${conversionOf(value)}>(${i}, a${i})?;`
      : `let ${isMutable(value) ? 'mut ' : ''}a${i} = call.lower::<${loweredBy(value)}>(${i}, a${i})?;`,
  }));
  const moving = all.filter(({ moves }) => moves);
  const checks = all.length > 1 ? moving.map(({ check }) => check) : [];
  return [...owing(fn), ...checks, ...[...all.filter(({ moves }) => !moves), ...moving].map(({ lower }) => lower)];
}

/** Whether what the call makes or changes may borrow from the argument. */
function isLasting({ lending }: FunctionPlan, index: number): boolean {
  return lending?.parameters[index] === true;
}

/** Instances that are only referred to, and may keep something of others all the same. */
function owing({ parameters, lending }: FunctionPlan): readonly string[] {
  return parameters.flatMap(({ value }, i) => {
    const isOwing = value.kind === 'reference' && isObject(value.of) && lending?.owing.includes(i);
    return isOwing ? [`call.owing::<${classSymbol(value.of.item)}>(a${i});`] : [];
  });
}

/** Name, signature and docs for the module's table. */
function functionConstant(fn: FunctionPlan, symbol: string): string {
  return assignment(
    `const ${constantName(symbol)}: Function`,
    'Function::new(',
    [rustCString(fn.name), rustCString(`${textSignature(fn, '$module')}${fn.docs}`), entryOf(fn, symbol)],
    ');',
  );
}

/** The C function with its calling convention. */
export function entryOf(fn: FunctionPlan, symbol: string): string {
  return `Entry::${fn.parameters.length === 0 ? 'Positional' : 'Keywords'}(${symbol})`;
}

/** The constant beside a function. */
export function constantName(symbol: string): string {
  return symbol.replace(/^function/, 'FUNCTION');
}

function body(plan: ModulePlan, fn: FunctionPlan, shape: EntryShape): readonly string[] {
  const warning = fn.deprecated === undefined ? [] : [`call.deprecated(${rustCString(deprecation(fn))})?;`];
  const finish = shape.finish ?? ((value: string) => lift(plan, callResult(fn), value));
  if (fn.output.kind === 'never') return [...warning, `call.run::<()>(|| ${userCall(fn, shape)});`, finishUnit(shape)];
  const run = `call.run(|| ${userCall(fn, shape)})`;
  const isUnit = fn.output.kind === 'unit';
  const news = fn.parameters.flatMap(({ value }, i) => (comesOut(value) ? [`a${i}`] : []));
  const all = (own: readonly string[]): string => {
    const values = [...own, ...news];
    return values.length === 1 ? values.join() : `(${values.join(', ')})`;
  };
  const finishAlone = (): string => (news.length === 0 ? finishUnit(shape) : finish(all([])));
  if (fn.error) {
    const ok = `call.ok::<${errorConversionOf(fn.error, plan.foreignBases)}, _>(result)?;`;
    const rest = isUnit ? [ok, finishAlone()] : [`let value = ${ok}`, finish(all(['value']))];
    return [...warning, `let result = ${run};`, ...rest];
  }
  if (shape.part) return [...warning, ...partOf(shape.part, userCall(fn, shape))];
  if (isUnit) return [...warning, `${run};`, finishAlone()];
  return [...warning, `let result = ${run};`, finish(all(['result']))];
}

/** `&mut self -> &mut Self`: mostly the object itself. */
function partOf(symbol: string, call: string): readonly string[] {
  return [
    `let part = call.run(|| std::ptr::from_mut(${call}));`,
    'drop(receiver);',
    `call.part::<${symbol}>(this, part)`,
  ];
}

function lift(plan: ModulePlan, output: Value, value: string): string {
  const items = iteratedItems(output);
  if (output.kind === 'shown') return `call.lift::<${conversionOf(output)}>(${SHOWN[output.by](value)})`;
  // Of a file that is lent for changing, Python gets the file.
  if (output.kind === 'exclusive' && output.of.kind === 'stream')
    return `call.lift::<c::Ref<${conversionOf(output.of)}>>(${value})`;
  if (items === undefined) return `call.lift::<${conversionOf(output)}>(${value})`;
  if (output.kind !== 'option') return iterator(plan, output, value);
  return text`
    match ${value} {
        Some(value) => ${iterator(plan, output.of, 'value')},
        None => call.lift::<c::Unit>(()),
    }
  `;
}

/** How a result gives its text. */
const SHOWN = {
  to_string: (value: string) => `${value}.to_string()`,
  into: (value: string) => `${value}.into()`,
  as_ref: (value: string) => `String::from(${value}.as_ref())`,
} as const;

function iterator(plan: ModulePlan, output: Value, value: string): string {
  if (output.kind !== 'iterator') return '';
  const { form, of } = output;
  const conversion = itemConversion(of, plan.foreignBases);
  return `call.iterator::<${conversion}, _>(sendable!(${value}${form === 'into' ? '.into_iter()' : ''}))`;
}

function finishUnit({ finish }: EntryShape): string {
  return finish === undefined ? 'call.lift::<c::Unit>(())' : finish('()');
}

/** The call of the user's function with what stands in `a0`, `a1`... */
function userCall(fn: FunctionPlan, { passed, literal }: Pick<EntryShape, 'passed' | 'literal'>): string {
  const values = fn.parameters.map(({ value }, i) => passedValue(value, `a${i}`, isLasting(fn, i)));
  if (literal === undefined) return `${fn.callee}${fn.turbofish}(${[...passed, ...values].join(', ')})`;
  if (literal.some((name) => /^\d/.test(name))) return `${rustPath(fn.path)}(${values.join(', ')})`;
  if (literal.length === 0) return `${rustPath(fn.path)} {}`;
  const fields = literal.map((name, i) => `${rustIdentifier(name)}: ${values[i]}`);
  return `${rustPath(fn.path)} { ${fields.join(', ')} }`;
}

function passedValue(value: Value, name: string, isReference: boolean): string {
  if (value.kind === 'callback') return closure(value, name);
  if (value.kind === 'iterator' && value.form === 'collected') return `${name}.into_iter()`;
  if (isMutable(value)) return `&mut ${name}`;
  return isLent(value) && !isReference ? `&${name}` : name;
}

/** Changed on the shim's stack: a number or a text whose new value comes out, or an iterator that goes on. */
function isMutable(value: Value): boolean {
  return value.kind === 'exclusive' && !isObject(value.of);
}

function deprecation({ name, deprecated }: FunctionPlan): string {
  return deprecated ? `${name}() is deprecated: ${deprecated}` : `${name}() is deprecated`;
}

/** `&i64` or `&Vec<T>` as a parameter: the value stands on the shim's stack and is lent from there. Objects are lent themselves. */
export function isLent(value: Value): value is Extract<Value, { kind: 'reference' }> {
  return value.kind === 'reference' && !isObject(value.of) && !(isThrown(value.of) && !value.of.clone);
}

/** The conversion of what is passed or lent. */
export function loweredBy(value: Value): string {
  return conversionOf(isLent(value) ? value.of : value);
}

function parameterStatic(plan: ModulePlan, { name, default: value }: ParameterPlan): string {
  const index = plan.parameterNames.indexOf(name);
  if (value === undefined) return `Parameter::required(${rustString(name)}, ${index})`;
  if (value.kind === 'missing') return `Parameter::optional(${rustString(name)}, ${index})`;
  return `Parameter::with_default(${rustString(name)}, ${index}, ${value.index})`;
}
