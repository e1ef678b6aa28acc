/** Enums without data as Python enums. */

import { list, structItem } from '../../../emit/layout.ts';
import { rustCString, rustString } from '../../../emit/rust.ts';
import { paragraphs, text } from '../../../emit/text.ts';
import { rustIdentifier, rustPath } from '../../../interface/rust.ts';
import type { EnumPlan } from '../classes.ts';

/** Everything of one enum. */
export function enumItems(item: EnumPlan): string {
  return paragraphs([enumeration(item), definition(item)]);
}

/** The enum in the module's table. */
export function enumDefinitionName({ symbol }: EnumPlan): string {
  return symbol.replace(/^Enum/, 'ENUM');
}

function enumeration(item: EnumPlan): string {
  const type = rustPath(item.path);
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

function definition(item: EnumPlan): string {
  return structItem('static', enumDefinitionName(item), 'EnumDefinition', [
    `module: ${rustCString(item.module)}`,
    `name: ${rustCString(item.name)}`,
    `doc: ${rustCString(item.docs)}`,
    members(item),
    'methods: &[]',
    'functions: &[]',
    'constants: &[]',
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
