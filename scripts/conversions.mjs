// Puts the tables of what crosses into the README and docs/conversions.md, between `<!-- conversions: NAME -->` and
// `<!-- /conversions -->`: the rows of the host's own table, and the refusals of messages/refused.md.
// Usage: node scripts/conversions.mjs [--check]; --check writes nothing and fails when a file is not up to date.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const { cpython } = await import(pathToFileURL(join(root, 'dist', 'hosts', 'cpython', 'index.js')).href);

const tables = {
  values: () => supportTable(cpython.support().map(bareRow)),
  short: () => supportTable(merged(cpython.support().map(bareRow).filter(isOfStd))),
  refused: () => refusalTable(readFileSync(join(root, 'messages', 'refused.md'), 'utf8')),
};

const stale = ['README.md', 'docs/conversions.md'].filter((path) => !isCurrent(path));
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`not up to date: ${stale.join(', ')}; run \`npm run build && node scripts/conversions.mjs\``);
  process.exit(1);
}

/** Whether a file says what the tables say; outside of a check it does afterwards. */
function isCurrent(path) {
  const file = join(root, path);
  const before = readFileSync(file, 'utf8');
  const after = before.replaceAll(
    /(<!-- conversions: (\w+) -->\n)[^]*?(<!-- \/conversions -->)/g,
    (_, begin, name, end) => {
      if (tables[name] === undefined) throw new Error(`${path}: there is no table "${name}"`);
      return `${begin}\n${tables[name]()}\n\n${end}`;
    },
  );
  if (after !== before && !process.argv.includes('--check')) writeFileSync(file, after);
  return after === before;
}

function supportTable(rows) {
  const lines = rows.map(({ rust, argument, result }) => row(rust, code(argument), code(result)));
  return ['| Rust | Python passes | Python gets |', '|---|---|---|', ...lines].join('\n');
}

/** Types as a program that imports them writes them: `HashMap<String, i64>`. */
function bareRow({ rust, argument, result }) {
  return { rust: code(rust.replaceAll(/\bstd::(?:\w+::)+/g, '')), argument, result };
}

/** Types of other crates have a page of their own. */
function isOfStd({ rust }) {
  return !/\b\w+::/.test(rust);
}

/** What looks the same in Python shares a row. */
function merged(rows) {
  const groups = new Map();
  for (const { rust, argument, result } of rows) {
    const key = `${argument} -> ${result}`;
    groups.set(key, { argument, result, rust: [...(groups.get(key)?.rust ?? []), rust] });
  }
  return [...groups.values()].map((group) => ({ ...group, rust: group.rust.join(', ') }));
}

/** Entries as scripts/messages.mjs describes them. */
function refusalTable(text) {
  const entries = text.replaceAll('\r\n', '\n').split(/^## /m).slice(1);
  const lines = entries.map((entry) => {
    const [name, ...rest] = entry.split('\n');
    const after = (mark) => rest.find((line) => line.startsWith(mark))?.slice(mark.length) ?? '';
    return row(`[${name}](diagnostics.md#${name})`, after('> '), after('help: '));
  });
  return ['| code | reason | way out |', '|---|---|---|', ...lines].join('\n');
}

function code(text) {
  return text === '' ? '' : `\`${text}\``;
}

function row(...cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
