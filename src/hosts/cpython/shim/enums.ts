/** Enums without data as Python enums. */

import { assignment, list, structItem } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import { rustIdentifier, typePath } from '../../../interface/rust.ts';
import type { EnumPlan } from '../enums.ts';
import type { MemberPlan } from '../members.ts';
import type { ModulePlan } from '../plan.ts';
import { associatedConstants } from './constants.ts';
import { memberConstant, memberEntry, memberSymbol, memberTables } from './members.ts';

/** Everything of one enum. */
export function enumItems(plan: ModulePlan, item: EnumPlan): string {
  return paragraphs([
    enumeration(item),
    ...methodsOf(item).map((method) => memberEntry(plan, item, method)),
    ...orderings(item).map((ordering) => orderingEntry(plan, item, ordering)),
    ...associatedConstants(item.symbol, item.constants),
    definition(item),
  ]);
}

/** The enum in the module's table. */
export function enumDefinitionName({ symbol }: EnumPlan): string {
  return symbol.replace(/^Enum/, 'ENUM');
}

function enumeration(item: EnumPlan): string {
  const type = typePath(item.path);
  const variants = item.members.map(({ variant }) => `${type}::${rustIdentifier(variant)}`);
  return text`
    /// \`${item.path.join('::')}\` as \`class ${item.name}\`.
    struct ${item.symbol};

    impl Enumeration for ${item.symbol} {
        type Value = ${type};
        const NAME: &'static str = ${rustString(item.name)};
        const PLACE: usize = ${item.place};

        fn index(value: &Self::Value) -> usize {
            match value {
                ${variants.map((variant, i) => `${variant} { .. } => ${i},`)}
                ${item.open && '_ => usize::MAX,'}
            }
        }

        fn value(index: usize) -> Option<Self::Value> {
            match index {
                ${variants.map((variant, i) => `${i} => Some(${variant}),`)}
                _ => None,
            }
        }
    }
  `;
}

function methodsOf({ methods, text: shown }: EnumPlan): readonly MemberPlan[] {
  return shown ? [...methods, shown] : methods;
}

interface Ordering {
  readonly method: string;
  readonly sign: string;
}

const ORDERINGS: readonly Ordering[] = [
  { method: '__lt__', sign: '<' },
  { method: '__le__', sign: '<=' },
  { method: '__gt__', sign: '>' },
  { method: '__ge__', sign: '>=' },
];

function orderings({ isOrdered }: EnumPlan): readonly Ordering[] {
  return isOrdered ? ORDERINGS : [];
}

/** A member beside something else is not ours to compare. */
function orderingEntry(plan: ModulePlan, item: EnumPlan, { method, sign }: Ordering): string {
  const conversion = `c::EnumMember<${item.symbol}>`;
  const places = ['self', 'other'].map(
    (name) => `Parameter::required("${name}", ${plan.parameterNames.indexOf(name)})`,
  );
  const symbol = memberSymbol(item, method);
  const parts = [
    rustCString(method),
    rustCString(`${method}($module, self, other, /)\n--\n\n`),
    `Entry::Keywords(${symbol})`,
  ];
  return text`
    /// \`${item.path.join('::')}\` as \`${item.name}.${method}\`.
    unsafe extern "C" fn ${symbol}(module: Object, arguments: *const Object, count: isize, keywords: Object) -> Object {
        static SIGNATURE: Signature<2> = Signature::new(${rustString(`${item.name}.${method}`)}, [${places.join(', ')}]);
        static GATE: Gate = Gate::new();
        // SAFETY: CPython calls this function with the arguments of METH_FASTCALL | METH_KEYWORDS.
        unsafe {
            call(&SIGNATURE, &GATE, module, arguments, count, keywords, |call, [left, right]| {
                let left = call.operand::<${conversion}>(left)?;
                let right = call.operand::<${conversion}>(right)?;
                let (Some(left), Some(right)) = (left, right) else { return Ok(not_implemented()) };
                let result = call.run(|| left ${sign} right);
                call.lift::<c::Bool>(result)
            })
        }
    }
    ${assignment(`const ${memberConstant(item, method)}: Function`, 'Function::new(', parts, ');')}
  `;
}

function definition(item: EnumPlan): string {
  const special = orderings(item).map(({ method }) => method);
  return structItem('static', enumDefinitionName(item), 'EnumDefinition', [
    `module: ${rustCString(item.module)}`,
    `name: ${rustCString(item.name)}`,
    `doc: ${rustCString(item.docs)}`,
    members(item),
    ...memberTables(item, methodsOf(item), item.constants, special),
  ]);
}

function members({ members: all, isNumbered }: EnumPlan): string {
  if (!isNumbered)
    return list(
      'members: Members::Plain(&[',
      all.map(({ name }) => rustCString(name)),
      '])',
      5,
    );
  const pairs = all.map(({ name, value }) => `(${rustCString(name)}, c"${value}")`);
  return list('members: Members::Int(&[', pairs, '])', 5);
}
