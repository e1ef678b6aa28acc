// The tables of the pages, drawn from bench/results.

/** Minimum over all rounds; the factor says how many times as fast Ferrule's module is. */
export function callsTable({ conditions, rows }) {
  const [empty, ...calls] = rows;
  const loop = Math.min(empty.ferrule.minimum, empty.pyo3.minimum);
  const lines = calls.map(({ name, ferrule, pyo3 }) => {
    const factor = (pyo3.minimum - loop) / (ferrule.minimum - loop);
    return `| ${name} | ${nanoseconds(ferrule.minimum)} | ${nanoseconds(pyo3.minimum)} | ${factor.toFixed(factor < 10 ? 1 : 0)}x |`;
  });
  return [
    'Calls into the module, next to the same functions built with PyO3 (`node bench/calls/run.mjs`):',
    '',
    '| call | Ferrule | PyO3 | faster |',
    '|---|---:|---:|---:|',
    ...lines,
    '',
    `Fastest of all rounds, with the loop (${nanoseconds(loop)}); the factor is without it. ${describe(conditions)}`,
  ].join('\n');
}

/** Wall time of builds and the size of what comes out. */
export function buildsTable({ conditions, rows }) {
  const cell = (value, unit) => (value === undefined ? '' : `${unit === 's' ? value.toFixed(1) : value} ${unit}`);
  const lines = rows.map(
    ({ name, unit, ferrule, pyo3 }) => `| ${name} | ${cell(ferrule, unit)} | ${cell(pyo3, unit)} |`,
  );
  return [
    'Building these functions, next to PyO3 (`node bench/builds/run.mjs`):',
    '',
    '| | Ferrule | PyO3 |',
    '|---|---:|---:|',
    ...lines,
    '',
    describe(conditions),
  ].join('\n');
}

/** How much of each crate is bound, why the rest is not, and how calls went. */
export function coverageTable({ conditions, rows }) {
  const built = rows.filter(({ builds }) => builds);
  const lines = rows.map((row) => `| ${(row.builds ? coverageCells(row) : failedCells(row)).join(' | ')} |`);
  const sum = (key) => built.reduce((total, row) => total + (row[key] ?? 0), 0);
  const faults = built.reduce((total, row) => total + row.faults.length, 0);
  const total = ['**all**', '', sum('public'), sum('bound'), share(sum('bound'), sum('public'))];
  return [
    '| crate | version | public | bound | | called | faults | refused because of |',
    '|---|---|---:|---:|---:|---:|---:|---|',
    ...lines,
    `| ${[...total, share(sum('called'), sum('promised')), faults, ''].join(' | ')} |`,
    ...faultLines(built),
    '',
    `CPython ${conditions.python}, rustc ${conditions.rustc}.`,
  ].join('\n');
}

function coverageCells({ name, version, public: total, bound, called, promised, faults, refused }) {
  const reasons = Object.entries(refused).map(([code, count]) => `${count} ${code}`);
  return [name, version, total, bound, share(bound, total), share(called, promised), faults.length, reasons.join(', ')];
}

function failedCells({ name, errors }) {
  return [name, '', '', '', '', '', '', `does not build: ${errors.join(', ')}`];
}

function faultLines(rows) {
  const faults = rows.flatMap((row) => row.faults);
  const lines = faults.map(({ name, how, arguments: given = '' }) => `- \`${name}(${given})\`: ${how}`);
  return lines.length === 0 ? [] : ['', 'Faults:', '', ...lines];
}

function share(part, whole) {
  return whole ? `${Math.floor((100 * part) / whole)} %` : '';
}

function describe({ python, numpy, pyo3, rustc, cpu, cores }) {
  return `CPython ${python}, numpy ${numpy}, PyO3 ${pyo3}, rustc ${rustc}, ${cpu} (${cores} cores).`;
}

function nanoseconds(value) {
  if (value < 100) return `${value.toFixed(1)} ns`;
  if (value < 1e4) return `${Math.round(value).toLocaleString('en-US')} ns`;
  return `${(value / 1e3).toFixed(1)} µs`;
}
