/** Doc comments as hosts show them. */

import type { RustdocItem } from '../rustdoc/format.ts';

/** Doc comments, with code examples marked as Rust, which they are where nothing else is said. */
export function docsOf({ docs }: RustdocItem): string {
  let inside = false;
  return (docs ?? '')
    .split('\n')
    .map((line) => {
      const fence = /^(\s*)(```+|~~~+) ?([\w,]*)\s*$/.exec(line);
      if (!fence) return line;
      inside = !inside;
      const [, indent = '', mark = '', language = ''] = fence;
      return inside && RUST_FENCES.has(language.split(',')[0] ?? '') ? `${indent}${mark}rust` : line;
    })
    .join('\n');
}

/** Info strings of rustdoc that mean Rust. */
const RUST_FENCES: ReadonlySet<string> = new Set([
  '',
  'ignore',
  'no_run',
  'should_panic',
  'compile_fail',
  'edition2015',
  'edition2018',
  'edition2021',
  'edition2024',
]);
