/** Classes: the zero-sized type that stands for one, its constructor, methods, properties and definition. */

import { assignment, list, structItem } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import { typePath, POINTERS } from '../../../interface/rust.ts';
import type { ClassPlan, MethodPlan } from '../classes.ts';
import { conversionOf, itemConversion } from '../conversions.ts';
import type { FunctionPlan } from '../functions.ts';
import type { ModulePlan } from '../plan.ts';
import { functionSignature, textSignature } from '../signature.ts';
import { operatorEntry, operatorSlot } from './operators.ts';
import { formatConstants, protocolEntries, protocolSlots } from './protocols.ts';
import { associatedConstants, associatedName } from './constants.ts';
import { entry, type EntryShape, entryOf, functionShape } from './entry.ts';
import {
  construction,
  constructorName,
  type FieldHome,
  fieldPlace,
  matchArguments,
  propertyEntries,
  propertyTable,
  tableName,
} from './fields.ts';
import { picklingConstants, picklingEntries } from './pickling.ts';
import { placeByVariant, representationByVariant, variantItems } from './variants.ts';

/** Everything of one class. */
export function classItems(plan: ModulePlan, item: ClassPlan): string {
  const { constructor, methods, properties } = item;
  const bound = methods.filter(({ binding }) => binding !== 'static');
  const free = methods.filter(({ binding }) => binding === 'static');
  const home = homeOf(item);
  return paragraphs([
    classType(plan, item),
    item.lifetimes > 0 && hasOperands(item) && covariance(item),
    constructor && construction(plan, home, constructor),
    ...methods.map((method) => methodEntry(plan, item, method)),
    ...properties.map((property) => propertyEntries(home, property)),
    isShownByFields(item) && representation(item),
    item.traits.clone && copies(item),
    picklingEntries(plan, item),
    ...item.operators.map((operator) => operatorEntry(item, operator)),
    ...protocolEntries(item),
    ...associatedConstants(item.symbol, item.constants),
    tables(item, bound),
    propertyTable(home, properties),
    definition(plan, item, free),
    variantItems(plan, item),
  ]);
}

function homeOf({ symbol, name }: ClassPlan): FieldHome {
  return { symbol, owner: symbol, title: name, read: (field) => `|value| &value.${fieldPlace(field)}` };
}

/** The class in the module's table. */
export function definitionName({ symbol }: ClassPlan): string {
  return symbol.replace(/^Class/, 'CLASS');
}

function classType(plan: ModulePlan, item: ClassPlan): string {
  const type = lentFor(item, "'static");
  return text`
    /// \`${item.path.join('::')}\` as \`class ${item.name}\`.
    struct ${item.symbol};

    // SAFETY: the definition is of this class alone and has its layout; rustc says what is Send and Sync.
    unsafe impl Class for ${item.symbol} {
        type Value = ${type};
        const NAME: &'static str = ${rustString(item.name)};
        const PLACE: usize = ${item.place};
        const SEND: bool = is_send!(${type});
        const SYNC: bool = is_sync!(${type});
        ${item.borrows && 'const BORROWS: bool = true;'}
        ${plan.viewed.has(item.key) && 'const VIEWED: bool = true;'}
        ${placeByVariant(plan, item)}

        fn definition() -> &'static ClassDefinition {
            &${definitionName(item)}
        }
    }
  `;
}

/** The type with the same lifetime for all of its parameters. */
function lentFor({ path, lifetimes }: ClassPlan, lifetime: string): string {
  const type = typePath(path, Array<string>(lifetimes).fill(lifetime));
  return type.replaceAll(/&(?!')/g, `&${lifetime} `).replaceAll("'_", lifetime);
}

/** Whether special methods get other instances beside their own. */
function hasOperands({ traits, operators, protocols }: ClassPlan): boolean {
  const isCompared = traits.equality || traits.ordering || protocols.comparisons.length > 0;
  return isCompared || operators.some(({ alternatives }) => alternatives.some(({ right }) => right !== undefined));
}

/** An operand may end up in the other one, which does not keep its owners: not where a shorter lifetime does for a longer one. */
function covariance(item: ClassPlan): string {
  return text`
    const _: () = {
        // Nothing of one operand can be put into the other.
        fn _covariant<'a>(value: ${lentFor(item, "'static")}) -> ${lentFor(item, "'a")} {
            value
        }
    };
  `;
}

function methodEntry(plan: ModulePlan, item: ClassPlan, method: MethodPlan): string {
  const { plan: fn } = method;
  return text`
    /// \`${fn.path.join('::')}\` as \`${item.name}.${functionSignature(fn)}\`.
    ${entry(plan, method.returnsSelf ? { ...fn, output: { kind: 'unit' } } : fn, methodShape(item, method))}
    ${method.binding === 'static' && staticConstant(item, method)}
  `;
}

function methodShape(item: ClassPlan, method: MethodPlan): EntryShape {
  const { plan: fn, receiver, binding } = method;
  const shape = { ...functionShape(fn, methodName(item, method)), title: `${item.name}.${fn.name}` };
  if (binding === 'static') return shape;
  const calls = { withArguments: 'method', withoutArguments: 'method_without_arguments' };
  if (receiver === undefined) return { ...shape, calls, first: 'class', finish: undefined };
  const [taken, passed] = RECEIVERS[wayOf(item, receiver, fn)];
  const isOwing = receiver === 'shared' && fn.lending?.owing.includes(-1);
  return {
    ...shape,
    calls,
    first: 'this',
    receive: [
      ...(isOwing ? [`call.owing::<${item.symbol}>(this);`] : []),
      `let ${passed.startsWith('&mut') ? 'mut ' : ''}receiver = call.${taken}::<${item.symbol}>(this)?;`,
    ],
    passed: [method.pointer ? `${POINTERS[method.pointer]}::new(${passed})` : passed],
    finish: method.returnsSelf ? () => 'call.same(this)' : undefined,
    part: method.returnsSelf && fn.lending?.check?.output !== undefined ? item.symbol : undefined,
  };
}

/** Which of the runtime's ways to hand out the object a method takes. */
function wayOf(
  { traits, borrows }: ClassPlan,
  receiver: NonNullable<MethodPlan['receiver']>,
  { lending }: FunctionPlan,
): keyof typeof RECEIVERS {
  switch (receiver) {
    case 'owned':
      return traits.clone ? 'cloned' : 'taken';
    case 'shared':
      return lending?.receiver ? 'lent' : 'shared';
    case 'exclusive':
      if (lending?.receiver) return 'lent_mut';
      return borrows && !lending?.owing.includes(-1) ? 'apart' : 'exclusive';
  }
}

/** How the runtime hands out the object, and how the method gets it. */
const RECEIVERS = {
  shared: ['shared', '&receiver'],
  lent: ['lent', 'receiver'],
  lent_mut: ['lent_mut', 'receiver'],
  apart: ['apart', '&mut receiver'],
  exclusive: ['exclusive', '&mut receiver'],
  taken: ['taken', 'receiver'],
  cloned: ['cloned', 'receiver'],
} as const;

function methodName({ symbol }: ClassPlan, { plan: fn }: MethodPlan): string {
  return `${symbol.replace(/^Class/, 'method')}_${fn.name}`;
}

function staticConstant(item: ClassPlan, method: MethodPlan): string {
  const { plan: fn } = method;
  const symbol = methodName(item, method);
  const parts = [rustCString(fn.name), rustCString(`${textSignature(fn)}${fn.docs}`), entryOf(fn, symbol)];
  return assignment(`const ${staticName(item, method)}: Function`, 'Function::new(', parts, ');');
}

function staticName(item: ClassPlan, method: MethodPlan): string {
  return methodName(item, method).replace(/^method/, 'STATIC');
}

/** Statics whose addresses CPython keeps. */
function tables(item: ClassPlan, bound: readonly MethodPlan[]): string {
  const methods = [
    ...bound.map((method) => methodConstant(item, method)),
    ...copyConstants(item),
    ...picklingConstants(item),
    ...aliasConstant(item),
    ...formatConstants(item),
  ];
  const head = `static ${tableName(item.symbol, 'METHODS')}: Methods<${methods.length}>`;
  return assignment(head, 'Methods::new([', methods, ']);');
}

function methodConstant(item: ClassPlan, method: MethodPlan): string {
  const { plan: fn, binding } = method;
  const doc = rustCString(`${textSignature(fn, binding === 'class' ? '$type' : '$self')}${fn.docs}`);
  const make = binding === 'class' ? 'Method::of_class' : 'Method::new';
  return list(`${make}(`, [rustCString(fn.name), doc, entryOf(fn, methodName(item, method))], ')', 5);
}

function definition(plan: ModulePlan, item: ClassPlan, free: readonly MethodPlan[]): string {
  const { constructor, module, name, docs } = item;
  const signature = constructor ? textSignature({ ...constructor.plan, name }) : '';
  return structItem('static', definitionName(item), 'ClassDefinition', [
    `module: ${rustCString(module)}`,
    `name: ${rustCString(name)}`,
    `doc: ${rustCString(`${signature}${docs}`)}`,
    `layout: Layout::of::<${item.symbol}>()`,
    'parent: None',
    `constructor: ${constructor ? `Some(${constructorName(item.symbol)})` : 'None'}`,
    `methods: ${tableName(item.symbol, 'METHODS')}.table()`,
    `properties: ${tableName(item.symbol, 'PROPERTIES')}.table()`,
    list('slots: &[', slots(plan, item), ']', 5),
    list(
      'functions: &[',
      free.map((method) => staticName(item, method)),
      ']',
      5,
    ),
    list(
      'constants: &[',
      item.constants.map((constant) => associatedName(item.symbol, constant)),
      ']',
      5,
    ),
    matchArguments(item.matchArguments),
  ]);
}

/** What the type's traits mean in Python's special methods. */
function slots(plan: ModulePlan, item: ClassPlan): readonly string[] {
  const { debug, display, equality, ordering, hash, items } = item.traits;
  const isMixed = item.protocols.comparisons.length > 0;
  const ready = (slot: string, name: string): string => `Slot::${slot}(ready::${name}::<${item.symbol}>)`;
  return [
    ...(isShownByFields(item) ? [`Slot::repr(${representationName(item)})`] : debug ? [ready('repr', 'debug')] : []),
    ...(display ? [ready('str', 'display')] : []),
    ...(equality && !isMixed ? [ready('compare', ordering ? 'ordered' : 'equal')] : []),
    ...(equality && hash ? [ready('hash', 'hash')] : []),
    ...item.operators.map((operator) => operatorSlot(item, operator)),
    ...protocolSlots(item),
    ...(items
      ? [
          'Slot::iter(ready::itself)',
          `Slot::next(ready::next::<${item.symbol}, ${itemConversion(items, plan.foreignBases)}>)`,
        ]
      : []),
  ];
}

/** `Point(x=1.0, y=2.0)`: what a Python person would type. */
function isShownByFields({ traits, isTransparent, properties, constructor, variants }: ClassPlan): boolean {
  if (variants) return traits.debug;
  const parameters = constructor?.plan.parameters.length ?? -1;
  const isCopied = properties.every(({ isView }) => !isView);
  return traits.debug && isTransparent && properties.length > 0 && properties.length === parameters && isCopied;
}

function representation(item: ClassPlan): string {
  const fields = item.properties.map(({ name, field, value }) => {
    const shown = /^\d/.test(field) ? '' : name;
    const read = `&receiver.${fieldPlace(field)}`;
    return `(${rustString(shown)}, call.lift::<${conversionOf({ kind: 'reference', of: value })}>(${read}))`;
  });
  return text`
    unsafe extern "C" fn ${representationName(item)}(this: Object) -> Object {
        static SIGNATURE: Signature<0> = Signature::new(${rustString(`${item.name}.__repr__`)}, []);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this slot with an instance of the class.
        unsafe {
            slot(&SIGNATURE, &GATE, this, [], |call, []| {
                let receiver = call.shared::<${item.symbol}>(this)?;
                ${
                  item.variants
                    ? representationByVariant(item, 'receiver')
                    : list('call.represent(', [rustString(item.name), list('[', fields, ']', 20)], ')', 12)
                }
            })
        }
    }
  `;
}

function representationName({ symbol }: ClassPlan): string {
  return symbol.replace(/^Class/, 'represent');
}

/** `copy.copy` and `copy.deepcopy`: a value that owns its data is copied whole either way. */
function copies(item: ClassPlan): string {
  const received = ['this: Object', 'arguments: *const Object', 'count: isize'];
  const withKeywords = [...received, 'keywords: Object'];
  const copy = (name: string, parameters: string): string => text`
    ${list(`unsafe extern "C" fn ${copyName(item, name)}(`, parameters === '' ? received : withKeywords, ') -> Object {', 0)}
        static SIGNATURE: Signature<${parameters === '' ? 0 : 1}> = Signature::new(${rustString(`${item.name}.${name}`)}, [${parameters}]);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this method with an instance of the class and its arguments.
        unsafe {
            ${parameters === '' ? 'method_without_arguments(&SIGNATURE, &GATE, this, arguments, count, |call| {' : 'method(&SIGNATURE, &GATE, this, arguments, count, keywords, |call, [_memo]| {'}
                let copy = call.cloned::<${item.symbol}>(this)?;
                call.lift::<c::OwnClone<${item.symbol}>>(copy)
            })
        }
    }
  `;
  return paragraphs([copy('__copy__', ''), copy('__deepcopy__', 'Parameter::required("memo", 0)')]);
}

function copyName({ symbol }: ClassPlan, name: string): string {
  return `${symbol.replace(/^Class/, 'method')}${name}`;
}

function copyConstants(item: ClassPlan): readonly string[] {
  if (!item.traits.clone) return [];
  const make = (name: string, signature: string, convention: string): string =>
    list(
      'Method::new(',
      [
        rustCString(name),
        rustCString(`${name}(${signature})\n--\n\n`),
        `Entry::${convention}(${copyName(item, name)})`,
      ],
      ')',
      5,
    );
  return [make('__copy__', '$self, /', 'Positional'), make('__deepcopy__', '$self, memo, /', 'Keywords')];
}

/** PEP 560: `Stack[int]` in annotations. */
function aliasConstant({ variables }: ClassPlan): readonly string[] {
  if (variables.length === 0) return [];
  const doc = rustCString('__class_getitem__($type, key, /)\n--\n\n');
  return [list('Method::of_class(', ['c"__class_getitem__"', doc, 'Entry::Positional(ready::generic_alias)'], ')', 5)];
}
