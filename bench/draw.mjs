// Puts the tables of bench/results into the README, between `<!-- bench: NAME -->` and `<!-- /bench -->`.
// Usage: node bench/draw.mjs [--check]; --check writes nothing and fails when the README is not up to date.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildsTable, callsTable } from './tables.mjs';
import { findResults, root } from './tools.mjs';

const tables = { calls: callsTable, builds: buildsTable };
const readme = join(root, 'README.md');

const before = readFileSync(readme, 'utf8');
const after = before.replaceAll(/(<!-- bench: (\w+) -->\n)[^]*?(<!-- \/bench -->)/g, (_, begin, name, end) => {
  const results = findResults(name);
  if (tables[name] === undefined || results === undefined) throw new Error(`README.md: there are no results "${name}"`);
  return `${begin}\n${tables[name](results)}\n\n${end}`;
});
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('README.md is not up to date: run `node bench/draw.mjs`');
    process.exit(1);
  }
} else {
  writeFileSync(readme, after);
}
