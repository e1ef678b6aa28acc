/** rustdoc's types as Rust text, for messages and comments. Not for code that is compiled: paths stand as the source wrote them. */

import type { RustdocArgument, RustdocBound, RustdocPath, RustdocType } from './format.ts';

/**
 * @example renderType({ borrowed_ref: { lifetime: null, is_mutable: true, type: { slice: { primitive: 'f64' } } } }) // '&mut [f64]'
 */
export function renderType(type: RustdocType): string {
  if (type === 'infer') return '_';
  if (type.primitive !== undefined) return type.primitive === 'never' ? '!' : type.primitive;
  if (type.generic !== undefined) return type.generic;
  if (type.resolved_path) return renderPath(type.resolved_path);
  if (type.tuple) return renderTuple(type.tuple);
  if (type.slice) return `[${renderType(type.slice)}]`;
  if (type.array) return `[${renderType(type.array.type)}; ${type.array.len}]`;
  if (type.borrowed_ref) return renderReference(type.borrowed_ref);
  if (type.raw_pointer) return `*${type.raw_pointer.is_mutable ? 'mut' : 'const'} ${renderType(type.raw_pointer.type)}`;
  if (type.impl_trait) return `impl ${renderBounds(type.impl_trait)}`;
  if (type.dyn_trait) return `dyn ${type.dyn_trait.traits.map(({ trait }) => renderPath(trait)).join(' + ')}`;
  if (type.qualified_path) return renderQualified(type.qualified_path);
  return type.function_pointer ? 'fn(..)' : '?';
}

function renderTuple(elements: readonly RustdocType[]): string {
  const [first] = elements;
  return elements.length === 1 && first ? `(${renderType(first)},)` : `(${elements.map(renderType).join(', ')})`;
}

function renderReference(reference: {
  readonly lifetime: string | null;
  readonly is_mutable: boolean;
  readonly type: RustdocType;
}): string {
  const lifetime = reference.lifetime === null ? '' : `${reference.lifetime} `;
  return `&${lifetime}${reference.is_mutable ? 'mut ' : ''}${renderType(reference.type)}`;
}

function renderPath(path: RustdocPath): string {
  const { args } = path;
  if (args?.parenthesized) {
    const { inputs, output } = args.parenthesized;
    return `${path.path}(${inputs.map(renderType).join(', ')})${output === null ? '' : ` -> ${renderType(output)}`}`;
  }
  const parts = [
    ...(args?.angle_bracketed?.args ?? []).map(renderArgument),
    ...(args?.angle_bracketed?.constraints ?? []).map(({ name, binding }) =>
      binding.equality
        ? `${name} = ${renderArgument(binding.equality)}`
        : `${name}: ${renderBounds(binding.constraint ?? [])}`,
    ),
  ];
  return parts.length === 0 ? path.path : `${path.path}<${parts.join(', ')}>`;
}

function renderArgument(argument: RustdocArgument): string {
  if (argument === 'infer') return '_';
  if (argument.lifetime !== undefined) return argument.lifetime;
  if (argument.const) return argument.const.expr;
  return argument.type === undefined ? '_' : renderType(argument.type);
}

function renderBounds(bounds: readonly RustdocBound[]): string {
  return bounds.map((bound) => (bound.trait_bound ? renderPath(bound.trait_bound.trait) : bound.outlives)).join(' + ');
}

function renderQualified(path: {
  readonly name: string;
  readonly self_type: RustdocType;
  readonly trait: RustdocPath | null;
}): string {
  const self = renderType(path.self_type);
  return path.trait === null || path.trait.path === ''
    ? `${self}::${path.name}`
    : `<${self} as ${renderPath(path.trait)}>::${path.name}`;
}
