/** Line breaks in emitted Rust as rustfmt puts them, with the settings of the emitted `rustfmt.toml`: everything on one line that fits. */

/** Columns of a line; `rustfmt.toml` of a shim says the same. */
export const WIDTH = 140;

/**
 * `open item, item close` on one line, or one item a line when that does not fit.
 *
 * @param indent columns that stand before the text at its place
 * @example list('&[', ['a', 'b'], '];', 0) // '&[a, b];'
 */
export function list(open: string, items: readonly string[], close: string, indent: number): string {
  const line = `${open}${items.join(', ')}${close}`;
  if (items.length === 0 || (fits(line, indent) && !items.some((item) => item.includes('\n')))) return line;
  const lines = items.every(isShort)
    ? filled(items, indent)
    : items.map((item) => `    ${item.replaceAll('\n', '\n    ')},`);
  return [open, ...lines, close].join('\n');
}

/** `head = call(a, b);`: on one line, or broken after the equals sign, or one argument a line. */
export function assignment(head: string, open: string, items: readonly string[], close: string, indent = 0): string {
  const value = list(open, items, close, WIDTH);
  const line = `${open}${items.join(', ')}${close}`;
  if (fits(`${head} = ${line}`, indent)) return `${head} = ${line}`;
  return fits(line, indent + 4) ? `${head} =\n    ${line}` : `${head} = ${value}`;
}

/** Short literals stand side by side, as many as a line takes. */
export function filled(items: readonly string[], indent: number): readonly string[] {
  const lines: string[] = [];
  for (const [i, item] of items.entries()) {
    const last = lines.at(-1);
    // rustfmt leaves room for a space after each item but the last.
    const columns = indent - (indent % 4) + Number(i < items.length - 1);
    if (last !== undefined && fits(`${last} ${item},`, columns)) lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`    ${item},`);
  }
  return lines;
}

/** rustfmt's `short_array_element_width_threshold`. */
function isShort(item: string): boolean {
  return item.length <= 10;
}

/** Method calls on one line, or one call a line. */
export function chain(receiver: string, calls: readonly string[], indent: number, tail = ''): string {
  const line = `${receiver}${calls.join('')}${tail}`;
  return fits(line, indent) ? line : [receiver, ...calls.map((call) => `    ${call}`)].join('\n') + tail;
}

export function fits(line: string, indent: number): boolean {
  return indent + [...line].length <= WIDTH;
}

/** `const NAME: Type = Type { field: value, ... };`, broken as rustfmt breaks it. */
export function structItem(kind: 'const' | 'static', name: string, type: string, fields: readonly string[]): string {
  const line = `${type} { ${fields.join(', ')} };`;
  const head = `${kind} ${name}: ${type} =`;
  const isOneLine = !line.includes('\n');
  if (isOneLine && fits(`${head} ${line}`, 0)) return `${head} ${line}`;
  if (isOneLine && fits(line, 4)) return `${head}\n    ${line}`;
  const lines = fields.map((field) => `    ${field.replaceAll('\n', '\n    ')},`);
  return [`${head} ${type} {`, ...lines, '};'].join('\n');
}
