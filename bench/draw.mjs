// Puts the tables of bench/results into the pages that show them, each with its sentence, between `<!-- bench: NAME -->` and
// `<!-- /bench -->`; nothing, where there is no result.
// Usage: node bench/draw.mjs [--check]; --check writes nothing and fails when a page is not up to date.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildsTable, callsTable, coverageTable } from './tables.mjs';
import { findResults, root } from './tools.mjs';

const tables = { calls: callsTable, builds: buildsTable, coverage: coverageTable };
const pages = ['README.md', 'docs/coverage.md'];

const outdated = pages.filter((page) => {
  const before = readFileSync(join(root, page), 'utf8');
  const after = drawn(before, page);
  if (!process.argv.includes('--check')) writeFileSync(join(root, page), after);
  return after !== before;
});
if (process.argv.includes('--check') && outdated.length > 0) {
  console.error(`not up to date: ${outdated.join(', ')}; run \`node bench/draw.mjs\``);
  process.exit(1);
}

function drawn(text, page) {
  return text.replaceAll(/(<!-- bench: (\w+) -->\n)[^]*?(<!-- \/bench -->)/g, (_, begin, name, end) => {
    if (tables[name] === undefined) throw new Error(`${page}: there is no table "${name}"`);
    const results = findResults(name);
    return results === undefined ? `${begin}${end}` : `${begin}\n${tables[name](results)}\n\n${end}`;
  });
}
