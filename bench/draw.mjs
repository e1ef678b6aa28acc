// Puts the tables of bench/results into the README, each with its sentence, between `<!-- bench: NAME -->` and
// `<!-- /bench -->`; nothing, where there is no result.
// Usage: node bench/draw.mjs [--check]; --check writes nothing and fails when the README is not up to date.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildsTable, callsTable } from './tables.mjs';
import { findResults, root } from './tools.mjs';

const tables = { calls: callsTable, builds: buildsTable };
const readme = join(root, 'README.md');

const before = readFileSync(readme, 'utf8');
const after = before.replaceAll(/(<!-- bench: (\w+) -->\n)[^]*?(<!-- \/bench -->)/g, (_, begin, name, end) => {
  if (tables[name] === undefined) throw new Error(`README.md: there is no table "${name}"`);
  const results = findResults(name);
  return results === undefined ? `${begin}${end}` : `${begin}\n${tables[name](results)}\n\n${end}`;
});
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('README.md is not up to date: run `node bench/draw.mjs`');
    process.exit(1);
  }
} else {
  writeFileSync(readme, after);
}
