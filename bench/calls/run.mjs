// Calls into a module built by Ferrule against the same functions built with PyO3, side by side in one run.
//
//   node bench/calls/run.mjs [--python python3] [--passes 3] [--rounds 15] [--milliseconds 2] [--only-draw]
//
// Needs `npm run build`. Each pass is a process; within it the modules take turns in short rounds. Minimum and median
// over all rounds go to bench/results/calls.json, the table to stdout. Both are release builds; Ferrule's has overflow
// checks on, PyO3's has them off, as cargo's release profile has.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callsTable } from '../tables.mjs';
import { buildPyo3, conditions, environment, findResults, output, root, saveResults, work } from '../tools.mjs';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    passes: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '15' },
    milliseconds: { type: 'string', default: '2' },
    'only-draw': { type: 'boolean', default: false },
  },
});

if (!values['only-draw']) measure();
console.log(callsTable(findResults('calls')));

function measure() {
  const interpreter = environment(values.python);
  const modules = join(work, 'modules');
  const ferrule = join(root, 'dist', 'cli', 'bin.js');
  const plain = join(root, 'bench', 'calls', 'plain');
  output(process.execPath, [ferrule, 'build', plain, '--out', modules, '--python', interpreter, '--quiet']);
  buildPyo3(interpreter);

  const script = join(root, 'bench', 'calls', 'measure.py');
  const seconds = String(Number(values.milliseconds) / 1000);
  const passes = Array.from({ length: Number(values.passes) }, () =>
    JSON.parse(
      output(interpreter, [script, values.rounds, seconds, 'calls', 'calls_pyo3'], {
        env: { ...process.env, PYTHONPATH: modules },
      }),
    ),
  );
  const rows = Object.keys(passes[0]).map((name) => ({
    name,
    ferrule: summary(passes.flatMap((pass) => pass[name].calls)),
    pyo3: summary(passes.flatMap((pass) => pass[name].calls_pyo3)),
  }));
  const { passes: processes, rounds, milliseconds } = values;
  const method = { processes: Number(processes), rounds: Number(rounds), millisecondsPerRound: Number(milliseconds) };
  saveResults('calls', { conditions: conditions(interpreter), method, unit: 'ns per call, loop included', rows });
}

function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return { minimum: round(sorted[0]), median: round(median) };
}

function round(value) {
  return Number(value.toPrecision(4));
}
