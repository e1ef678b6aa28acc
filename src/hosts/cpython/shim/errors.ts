/** Own error types as exception classes: the class tables, and how a value becomes an exception. */

import { chain, fits, structItem } from '../../../emit/layout.ts';
import { rustCString, rustString, rustSymbol } from '../../../emit/rust.ts';
import { text } from '../../../emit/text.ts';
import { rustIdentifier, rustPath, typePath } from '../../../interface/rust.ts';
import { type ErrorValue, itemKey } from '../../../interface/types.ts';
import { conversionOf } from '../conversions.ts';
import { foreignBase } from '../foreign-errors.ts';
import { type AttributePlan, BASES, type ErrorSource, type ExceptionPlan } from '../exceptions.ts';
import type { ModulePlan } from '../plan.ts';

/** The conversion of one error type; nothing for variants, which their enum raises. */
export function errorConversion(plan: ModulePlan, exception: ExceptionPlan): string | undefined {
  const { source } = exception;
  if (!source) return undefined;
  const message = messageOf(exception, source);
  const raise =
    source.variants === undefined ? raiseStruct(plan, exception, source) : raiseEnum(plan, exception, source.variants);
  const parameter = /\berror\b/.test(`${message} ${raise}`) ? 'error' : '_error';
  const borrows = source.lifetimes > 0;
  return text`
    /// \`${source.path.join('::')}\` as an exception.
    struct ${errorName(exception)}${borrows ? "<'e>(std::marker::PhantomData<&'e ()>)" : ''};

    impl${borrows ? "<'e>" : ''} ErrorConversion for ${errorName(exception)}${borrows ? "<'e>" : ''} {
        type Value = ${typePath(source.path, Array<string>(source.lifetimes).fill("'e"))};

        fn fault(${parameter}: &Self::Value, context: &Context) -> Fault {
            let exception = Exception::new(${message});
            ${raise}
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

export function downcastName({ index }: ExceptionPlan): string {
  return `EXCEPTION_${index}_BEHIND`;
}

function messageOf({ name }: ExceptionPlan, { message }: ErrorSource): string {
  switch (message) {
    case 'Display':
      return '&error.to_string()';
    case 'Debug':
      return '&format!("{error:?}")';
    case 'name':
      return rustString(name);
  }
}

function raiseStruct(plan: ModulePlan, exception: ExceptionPlan, source: ErrorSource): string {
  const { index, attributes } = exception;
  const raise = chain('exception', [...attributeCalls(plan, attributes), `.raise(context, ${index})`], 8);
  return attributes.length === 0 ? raise : `let ${fieldPattern(rustPath(source.path), attributes)} = error;\n${raise}`;
}

function raiseEnum(plan: ModulePlan, exception: ExceptionPlan, variants: NonNullable<ErrorSource['variants']>): string {
  const type = rustPath(exception.source?.path ?? []);
  const arms = variants.map(({ name, index }) =>
    errorArm(plan, `${type}::${rustIdentifier(name)}`, plan.exceptions[index] as ExceptionPlan),
  );
  if (arms.length === 0) return `exception.raise(context, ${exception.index})`;
  const isOpen = exception.source?.open === true;
  return text`
    match error {
        ${isOpen ? [...arms, `_ => exception.raise(context, ${exception.index}),`] : arms}
    }
  `;
}

function errorArm(plan: ModulePlan, type: string, { index, attributes }: ExceptionPlan): string {
  const indent = 12;
  const head = `${fieldPattern(type, attributes)} => `;
  const calls = [...attributeCalls(plan, attributes), `.raise(context, ${index})`];
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

function attributeCalls(plan: ModulePlan, attributes: readonly AttributePlan[]): readonly string[] {
  return attributes.map(
    (attribute, i) =>
      `.attribute::<${attributeConversion(plan, attribute)}>(context, ${rustCString(attribute.name)}, field${i})`,
  );
}

function attributeConversion(plan: ModulePlan, { value, error }: AttributePlan): string {
  if (error) return `c::Failure<${errorConversionOf(plan, error)}>`;
  return conversionOf({ kind: 'reference', of: value });
}

function errorName({ source }: ExceptionPlan): string {
  return rustSymbol('Error', (source?.path ?? []).slice(1).join('__'));
}

/** The class as data. */
export function exceptionClass({ index, module, qualifiedName, parent, base, docs }: ExceptionPlan): string {
  const fields = [
    `module: ${rustCString(module)}`,
    `name: ${rustCString(qualifiedName)}`,
    `parent: ${parent === undefined ? 'None' : `Some(${parent})`}`,
    `base: Base::${parent === undefined ? BASES[base as keyof typeof BASES] : 'Exception'}`,
    `doc: ${rustCString(docs)}`,
  ];
  return structItem('const', `EXCEPTION_${index}`, 'ExceptionClass', fields);
}

/** The runtime's conversion for an error. */
export function errorConversionOf(plan: ModulePlan, error: ErrorValue): string {
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
      const exception = plan.exceptions.find(({ source }) => source && itemKey(source.path) === error.item);
      return `${errorName(exception as ExceptionPlan)}${exception?.source?.lifetimes ? "<'_>" : ''}`;
    }
    case 'value':
      return `e::Value<${conversionOf(error.of)}>`;
    case 'anyhow':
      return `w::anyhow::Error<e::base::${foreignBase(error, plan.foreignBases)}>`;
    case 'foreign':
      return `e::Foreign<_, e::base::${foreignBase(error, plan.foreignBases)}>`;
    case 'unsupported':
      throw new Error('an unsupported error was planned');
  }
}
