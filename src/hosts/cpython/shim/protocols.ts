/** Protocols of a class: one special method each. */

import { fits, list } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import type { Value } from '../../../interface/types.ts';
import type { ClassPlan } from '../classes.ts';
import { conversionOf } from '../conversions.ts';
import {
  type AssignmentPlan,
  type ComparisonPlan,
  type ContainsPlan,
  type IterationPlan,
  type ItemPlan,
  protocolPath,
} from '../protocols.ts';
import { isLent, loweredBy } from './entry.ts';

/** The C functions of all protocols of a class. */
export function protocolEntries(item: ClassPlan): readonly string[] {
  const { length, items, assignments, contains, iteration, formats, comparisons } = item.protocols;
  return [
    ...(length === undefined ? [] : [lengthEntry(item, length)]),
    ...(items.length === 0 ? [] : [subscriptEntry(item, items)]),
    ...(assignments.length === 0 ? [] : [assignEntry(item, assignments)]),
    ...(contains ? [containsEntry(item, contains)] : []),
    ...(iteration ? [iteration.from === 'method' ? iterationByMethod(item) : iterationEntry(item, iteration)] : []),
    ...(formats.length === 0 ? [] : [formatEntry(item)]),
    ...(comparisons.length === 0 ? [] : [compareEntry(item, comparisons)]),
  ];
}

/** The protocols in the class's table of slots. */
export function protocolSlots(item: ClassPlan): readonly string[] {
  const { length, items, assignments, contains, iteration, comparisons } = item.protocols;
  const slot = (kind: string): string => `Slot::${kind}(${protocolName(item, kind)})`;
  return [
    ...(comparisons.length === 0 ? [] : [slot('compare')]),
    ...(length === undefined ? [] : [slot('length')]),
    ...(items.length === 0 ? [] : [slot('subscript')]),
    ...(assignments.length === 0 ? [] : [slot('assign')]),
    ...(contains ? [slot('contains')] : []),
    ...(iteration ? [slot('iter')] : []),
  ];
}

/** `__format__` in the table of methods: of its own, or that of text. */
export function formatConstants(item: ClassPlan): readonly string[] {
  const { formats } = item.protocols;
  if (formats.length === 0 && !item.traits.display) return [];
  const code = formats.length === 0 ? 'ready::format' : protocolName(item, 'format');
  const doc = rustCString('__format__($self, format_spec, /)\n--\n\n');
  return [list('Method::new(', [rustCString('__format__'), doc, `Entry::Positional(${code})`], ')', 5)];
}

function protocolName({ symbol }: ClassPlan, kind: string): string {
  return symbol.replace(/^Class/, kind);
}

interface SlotShape {
  readonly kind: string;
  /** In Python: `__len__`. */
  readonly method: string;
  /** Parameters by name, and what the C function and the body call them. */
  readonly parameters: readonly (readonly [name: string, c: string, body: string])[];
  readonly answer: string;
  /** Parameters of the C function that are no objects. */
  readonly more?: string;
}

function slotEntry(item: ClassPlan, shape: SlotShape, body: readonly string[]): string {
  const { kind, method, parameters, answer, more } = shape;
  const received = [
    'this: Object',
    ...parameters.map(([, c]) => `${c}: Object`),
    ...(more === undefined ? [] : [more]),
  ];
  const required = parameters.map(([name]) => `Parameter::required(${rustString(name)}, 0)`);
  const signature = [rustString(`${item.name}.${method}`), `[${required.join(', ')}]`];
  const passed = `[${parameters.map(([, c]) => c).join(', ')}]`;
  return text`
    /// \`${protocolPath(item, method)}\` as \`${item.name}.${method}\`.
    unsafe extern "C" fn ${protocolName(item, kind)}(${received.join(', ')}) -> ${answer} {
        ${signatureStatic(parameters.length, `Signature::new(${signature.join(', ')});`)}
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this slot with an instance of the class and valid objects.
        unsafe {
            slot(&SIGNATURE, &GATE, this, ${passed}, |call, [${parameters.map(([, , name]) => name).join(', ')}]| {
                ${body}
            })
        }
    }
  `;
}

function signatureStatic(count: number, value: string): string {
  const head = `static SIGNATURE: Signature<${count}> =`;
  return fits(`${head} ${value}`, 4) ? `${head} ${value}` : `${head}\n    ${value}`;
}

function shared({ symbol }: ClassPlan): string {
  return `let receiver = call.shared::<${symbol}>(this)?;`;
}

function lengthEntry(item: ClassPlan, callee: string): string {
  return slotEntry(item, { kind: 'length', method: '__len__', parameters: [], answer: 'isize' }, [
    shared(item),
    `let length = call.run(|| ${callee}(&receiver));`,
    'Ok(isize::try_from(length).unwrap_or(isize::MAX))',
  ]);
}

const KEY = ['key', 'key', 'object'] as const;

function subscriptEntry(item: ClassPlan, items: readonly ItemPlan[]): string {
  const shape: SlotShape = { kind: 'subscript', method: '__getitem__', parameters: [KEY], answer: 'Object' };
  return slotEntry(
    item,
    shape,
    attempts(items, (one) => itemLines(item, one)),
  );
}

/** All keys but the last are tried; the last says what is wrong. */
function attempts<P extends { readonly key: Value; readonly isPlace: boolean }>(
  plans: readonly P[],
  lines: (plan: P) => readonly string[],
): readonly string[] {
  return plans.flatMap((plan, i) => {
    if (plan.isPlace) return lines(plan);
    const conversion = loweredBy(plan.key);
    if (i === plans.length - 1) return [`let key = call.lower::<${conversion}>(0, object)?;`, ...lines(plan)];
    const inner = lines(plan);
    return [
      text`
        if let Some(key) = call.operand::<${conversion}>(object)? {
            ${inner.slice(0, -1)}
            return ${inner.at(-1)};
        }
      `,
    ];
  });
}

function itemLines(item: ClassPlan, { key, isPlace, output, get }: ItemPlan): readonly string[] {
  const place = isPlace ? [placeLine(item)] : [];
  const passed = isPlace ? 'index' : `${isLent(key) ? '&' : ''}key`;
  const lift = `call.lift::<${conversionOf(output)}>(value)`;
  if (get === undefined) {
    const found =
      key.kind === 'int' ? `call.run(|| &receiver[${passed}]);` : `call.at(object, || &receiver[${passed}])?;`;
    return [shared(item), ...place, `let value = ${found}`, lift];
  }
  const missing = key.kind === 'int' && key.type === 'usize' ? 'call.no_such_index()' : 'call.no_such_key(object)';
  return [
    shared(item),
    ...place,
    text`
      match call.run(|| ${get}(&receiver, ${passed})) {
          Some(value) => ${lift},
          None => Err(${missing}),
      }
    `,
  ];
}

function placeLine(item: ClassPlan): string {
  return `let index = call.index(object, ${item.protocols.length}(&receiver))?;`;
}

/** `IndexMut` panics where there is nothing, in the midst of a change; `Index` says so before one. */
function lookFirst({ key, isPlace }: AssignmentPlan): readonly string[] {
  const isLasting = isLent(key) || (key.kind === 'text' && key.owner === 'str');
  return isPlace || !isLasting ? [] : [`call.at(object, || _ = &receiver[${isLent(key) ? '&' : ''}key])?;`];
}

function assignEntry(item: ClassPlan, assignments: readonly AssignmentPlan[]): string {
  const value = ['value', 'value', 'new'] as const;
  const shape: SlotShape = { kind: 'assign', method: '__setitem__', parameters: [KEY, value], answer: 'c_int' };
  return slotEntry(item, shape, [
    text`
      if new.is_null() {
          return Err(call.cannot_delete_item());
      }
    `,
    ...attempts(assignments, (one) => [
      `let value = call.lower::<${conversionOf(one.value)}>(1, new)?;`,
      `let mut receiver = call.exclusive::<${item.symbol}>(this)?;`,
      ...(one.isPlace ? [placeLine(item)] : []),
      ...lookFirst(one),
      `call.run(|| receiver[${one.isPlace ? 'index' : `${isLent(one.key) ? '&' : ''}key`}] = value);`,
      'Ok(0)',
    ]),
  ]);
}

function containsEntry(item: ClassPlan, { callee, item: value }: ContainsPlan): string {
  const shape: SlotShape = {
    kind: 'contains',
    method: '__contains__',
    parameters: [['item', 'item', 'object']],
    answer: 'c_int',
  };
  return slotEntry(item, shape, [
    '// What is of another type, or larger than all there can be, is not in it.',
    text`
      let Some(item) = call.candidate::<${loweredBy(value)}, true>(0, object)? else {
          return Ok(0);
      };
    `,
    shared(item),
    `Ok(call.run(|| ${callee}(&receiver, ${isLent(value) ? '&' : ''}item)).into())`,
  ]);
}

function iterationEntry(item: ClassPlan, iteration: Exclude<IterationPlan, { readonly from: 'method' }>): string {
  const conversion = conversionOf(iteration.item);
  const shape: SlotShape = { kind: 'iter', method: '__iter__', parameters: [], answer: 'Object' };
  if (iteration.from === 'copy') {
    return slotEntry(item, shape, [
      `let receiver = call.cloned::<${item.symbol}>(this)?;`,
      'let value = call.run(|| IntoIterator::into_iter(receiver));',
      `call.iterator::<${conversion}, _>(sendable!(value))`,
    ]);
  }
  const view = `call.view::<${item.symbol}, ${conversion}, _>(this, |value| `;
  const made = `sendable!(${iteration.callee}(value))`;
  const isShort = fits(`${view}${made})`, 12);
  return slotEntry(item, shape, [isShort ? `${view}${made})` : `${view}{\n    ${made}\n})`]);
}

/** The entry of the method `iter`, which takes no arguments. */
function iterationByMethod(item: ClassPlan): string {
  return text`
    /// \`${protocolPath(item, '__iter__')}\` as \`${item.name}.__iter__\`.
    unsafe extern "C" fn ${protocolName(item, 'iter')}(this: Object) -> Object {
        // SAFETY: CPython calls this slot with an instance of the class, as it would the method.
        unsafe { ${protocolName(item, 'method')}_iter(this, std::ptr::null(), 0) }
    }
  `;
}

function formatEntry(item: ClassPlan): string {
  const { formats } = item.protocols;
  const letters = formats.map(({ letter }) => letter).join('');
  const arms = formats.map(({ letter, trait }) => `'${letter}' => ${trait}::fmt(value, formatter),`);
  const call = `ready::format_with::<${item.symbol}>(this, arguments, count, ${rustString(letters)}, `;
  return text`
    /// \`${protocolPath(item, '__format__')}\` as \`${item.name}.__format__\`.
    unsafe extern "C" fn ${protocolName(item, 'format')}(this: Object, arguments: *const Object, count: isize) -> Object {
        // SAFETY: CPython calls this method with an instance of the class and the arguments of METH_FASTCALL.
        unsafe {
            ${call}|value, letter, formatter| match letter {
                ${arms}
                _ => Ok(()),
            })
        }
    }
  `;
}

function compareEntry(item: ClassPlan, comparisons: readonly ComparisonPlan[]): string {
  const { equality, ordering } = item.traits;
  const itself = equality
    ? `ready::${ordering ? 'ordered' : 'equal'}::<${item.symbol}>(this, object, operation)`
    : 'not_implemented()';
  const shape: SlotShape = {
    kind: 'compare',
    method: '__eq__',
    parameters: [['other', 'other', 'object']],
    answer: 'Object',
    more: 'operation: c_int',
  };
  return slotEntry(item, shape, [...comparisons.map((one) => comparison(item, one)), `Ok(${itself})`]);
}

function comparison(item: ClassPlan, { callee, order, other }: ComparisonPlan): string {
  const passed = `${isLent(other) ? '&' : ''}other`;
  const run = (method: string): string => `|| call.run(|| ${method}(&receiver, ${passed}))`;
  const answer =
    order === undefined
      ? list('return Ok(ready::equality(', ['operation', run(callee)], '));', 20)
      : list('return Ok(ready::order(', ['operation', run(callee), run(order)], '));', 20);
  return text`
    if let Some(other) = call.candidate::<${loweredBy(other)}, true>(0, object)? {
        ${shared(item)}
        ${answer}
    }
  `;
}
