// The lines of the user's source that a diagnostic is about, marked the way rustc marks them:
//
//    --> src/lib.rs:3:14
//     |
//   3 | pub fn total(values: Wrapper) -> u64 {
//     |              ^^^^^^ no conversion
//     |

import type { Style } from '../terminal/colour.ts';
import { displayWidth } from '../terminal/width.ts';
import type { Location } from './diagnostic.ts';

const tab = '    ';

export interface Frame {
  readonly lines: readonly string[];
  /** Columns that the line numbers take; notes below the frame line up with it. */
  readonly gutter: number;
}

/** Without the source only the place is shown. */
export function frame(
  location: Location,
  source: string | undefined,
  label: string | undefined,
  mark: (text: string) => string,
  style: Style,
): Frame {
  const gutter = String(location.line).length;
  const blank = ' '.repeat(gutter);
  const place = `${blank}${style.gutter('-->')} ${location.file}:${location.line}:${location.column}`;
  const text = source?.split(/\r?\n/)[location.line - 1];
  if (text === undefined) return { lines: [place], gutter };

  const [before, marked] = split(text, location);
  const carets = '^'.repeat(Math.max(1, displayWidth(marked)));
  const underline = mark(label === undefined ? carets : `${carets} ${label}`);
  const bar = style.gutter('|');
  return {
    gutter,
    lines: [
      place,
      `${blank} ${bar}`,
      `${style.gutter(String(location.line))} ${bar} ${expandTabs(text)}`.trimEnd(),
      `${blank} ${bar} ${' '.repeat(displayWidth(before))}${underline}`,
      `${blank} ${bar}`,
    ],
  };
}

/** The text before the span and the text within it; of a span over several lines, what lies on its first. */
function split(line: string, { line: first, column, endLine, endColumn }: Location): [string, string] {
  const characters = [...line];
  const start = column - 1;
  const sameLine = endLine === undefined || endLine === first;
  const end = !sameLine ? characters.length : (endColumn ?? column + 1) - 1;
  return [expandTabs(characters.slice(0, start).join('')), expandTabs(characters.slice(start, end).join(''))];
}

function expandTabs(text: string): string {
  return text.replaceAll('\t', tab);
}
