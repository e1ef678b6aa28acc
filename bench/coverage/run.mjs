// How much of real crates is bound, and whether what is bound can be called: every crate of crates.txt is wrapped, imported
// and called with generated arguments in a process of its own.
//
//   node bench/coverage/run.mjs [--python python3] [--only semver,hex]
//
// Needs `npm run build` and a registry of crates. The whole list takes about half an hour, most of it in rustc. With --only
// the other crates keep the results of the last run. Results go to bench/results/coverage.json; `node bench/draw.mjs` puts
// them into docs/coverage.md.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findResults, output, root, saveResults, work } from '../tools.mjs';

const { values } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, only: { type: 'string' } },
});
const all = readFileSync(join(import.meta.dirname, 'crates.txt'), 'utf8')
  .trim()
  .split('\n');
const chosen = values.only?.split(',') ?? all;

/** Calls are short; one that has not returned by then hangs. */
const hangsAfterMs = 15_000;
const crashesAllowed = 10;

const rows = new Map((findResults('coverage')?.rows ?? []).map((row) => [row.name, row]));
for (const name of chosen) {
  const row = await survey(name);
  rows.set(name, row);
  console.log(summary(row));
  // After each crate, so that an interrupted run has its results.
  saveResults('coverage', {
    conditions: conditions(),
    rows: [...rows.values()].filter((kept) => all.includes(kept.name)).sort((a, b) => (a.name < b.name ? -1 : 1)),
  });
}

async function survey(name) {
  const folder = join(work, 'coverage', name);
  rmSync(folder, { recursive: true, force: true });
  const built = wrap(name, folder);
  if (built.errors !== undefined) return { name, builds: false, errors: built.errors };
  const callables = built.items.filter(({ kind }) => kind === 'function' || kind === 'method');
  const refused = callables.filter(({ status }) => status === 'refused').map(({ code }) => code);
  return {
    name,
    version: built.version,
    module: built.name,
    builds: true,
    public: callables.length,
    bound: callables.length - refused.length,
    refused: count(refused),
    ...(await callAll(folder, built.name)),
  };
}

function wrap(name, folder) {
  const args = ['wrap', name, '--out', folder, '--python', values.python, '--format', 'json', '--quiet'];
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'cli', 'bin.js'), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, XDG_CACHE_HOME: join(work, 'cache') },
  });
  const result = stdout === '' ? undefined : JSON.parse(stdout);
  if (result?.items !== undefined) return result;
  return { errors: [...new Set([...stderr.matchAll(/^error\[([\w-]+)\]/gm)].map(([, code]) => code))] };
}

/** The process is started again without the callable that ended it, until it comes to its end by itself. */
async function callAll(folder, module) {
  mkdirSync(folder, { recursive: true });
  const faults = [];
  const skipped = [];
  for (;;) {
    const { entries, how } = await callOnce(folder, module, skipped);
    if (!entries.some(({ event }) => event === 'imported')) return { imports: false, faults: [{ name: module, how }] };
    const end = entries.find(({ event }) => event === 'end');
    const seen = entries.filter(({ event }) => event === 'missing' || event === 'misuse');
    if (end !== undefined && how === undefined) {
      const others = seen.map(({ name, event, error }) => ({ name, how: `${event}: ${error}` }));
      const { promised, called, silent } = end;
      return { imports: true, promised, called, silent, faults: [...faults, ...unique(others)] };
    }
    const last = entries.findLast(({ event }) => event === 'call');
    faults.push({ name: last?.name ?? module, how, arguments: last?.arguments });
    if (last === undefined || faults.length > crashesAllowed) return { imports: true, faults };
    skipped.push(last.name);
  }
}

async function callOnce(folder, module, skipped) {
  const journal = join(folder, 'journal');
  rmSync(journal, { force: true });
  const script = join(import.meta.dirname, 'call_all.py');
  const child = spawn(values.python, ['-W', 'ignore', script, folder, module, journal, ...skipped], {
    // A module may print.
    stdio: ['ignore', 'ignore', 'pipe'],
    cwd: folder,
  });
  let stderr = '';
  child.stderr.on('data', (data) => (stderr = `${stderr}${data}`.slice(-2000)));
  let hangs = false;
  const watch = setInterval(() => {
    const written = existsSync(journal) ? statSync(journal).mtimeMs : Date.now();
    if (Date.now() - written < hangsAfterMs) return;
    hangs = true;
    child.kill('SIGKILL');
  }, 1000);
  const [status, signal] = await once(child, 'close');
  clearInterval(watch);
  const lines = existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : [];
  const ended = signal ?? (status === 0 ? undefined : `exit status ${status}`);
  const how = hangs ? 'does not return' : ended && `${ended}: ${stderr.trim().split('\n').at(-1)}`;
  return { entries: lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line)), how };
}

function unique(faults) {
  return faults.filter(
    (fault, i) => faults.findIndex(({ name, how }) => name === fault.name && how === fault.how) === i,
  );
}

function count(codes) {
  const counts = new Map();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function conditions() {
  return {
    python: output(values.python, ['-c', 'import platform; print(platform.python_version())']).trim(),
    rustc: output('rustc', ['--version']).split(' ')[1],
  };
}

function summary({ name, version, builds, errors, public: total, bound, called, promised, faults = [] }) {
  if (!builds) return `${name}: does not build (${errors.join(', ')})`;
  const found = faults.map((fault) => `\n  ${fault.name}: ${fault.how} ${fault.arguments ?? ''}`).join('');
  return `${name} ${version}: ${bound} of ${total} bound, ${called} of ${promised} called${found}`;
}
