/**
 * Text that looks like its output: a template tag that takes the indentation of its own place away and indents what is put into a hole.
 *
 * A hole that stands alone on its line takes an array (one element a line; none: the line disappears) or a multi-line string.
 */

/** What may stand in a hole. `undefined` and `false` are nothing. */
export type Hole = string | number | readonly string[] | undefined | false;

/**
 * @example
 * const lines = ['a();', 'b();'];
 * text`
 *   fn f() {
 *       ${lines}
 *   }
 * ` // 'fn f() {\n    a();\n    b();\n}'
 */
export function text(strings: TemplateStringsArray, ...holes: readonly Hole[]): string {
  const marked = strings.map((part, i) => (i < holes.length ? `${part}\0${i}\0` : part)).join('');
  const lines = dedent(marked.split('\n'));
  return lines.flatMap((line) => fill(line, holes)).join('\n');
}

function dedent(lines: readonly string[]): readonly string[] {
  const body = lines.slice(lines[0]?.trim() === '' ? 1 : 0, lines.at(-1)?.trim() === '' ? -1 : undefined);
  const indents = body.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const depth = Math.min(...indents);
  return body.map((line) => line.slice(depth));
}

function fill(line: string, holes: readonly Hole[]): readonly string[] {
  const alone = /^( *)\0(\d+)\0$/.exec(line);
  if (!alone) return [line.replaceAll(/\0(\d+)\0/g, (_, index) => inline(holes[Number(index)]))];
  const hole = holes[Number(alone[2])];
  if (hole === undefined || hole === false) return [];
  const content = typeof hole === 'object' ? hole : [String(hole)];
  return content.flatMap((part) => part.split('\n')).map((part) => (part === '' ? '' : `${alone[1]}${part}`));
}

function inline(hole: Hole): string {
  if (hole === undefined || hole === false) return '';
  return typeof hole === 'object' ? hole.join(', ') : String(hole);
}

/** Joins blocks with an empty line between them, leaving out empty ones. */
export function paragraphs(blocks: readonly (string | undefined | false)[]): string {
  return blocks.filter((block) => block !== undefined && block !== false && block !== '').join('\n\n');
}
