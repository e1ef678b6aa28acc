// How long builds take and how large modules are: the crate of bench/calls by Ferrule and with PyO3.
//
//   node bench/builds/run.mjs [--python python3] [--edits 5] [--pyo3-cold]
//
// Needs `npm run build`. Times are wall time until the module could be imported, which a fresh interpreter proves;
// of the edits the fastest counts. The first PyO3 build takes half a minute of processor time, so without --pyo3-cold
// the figure of the last run is kept. Results go to bench/results/builds.json, the table to stdout.

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildsTable } from '../tables.mjs';
import { conditions, environment, findResults, output, root, saveResults, strippedSize, work } from '../tools.mjs';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    edits: { type: 'string', default: '5' },
    'pyo3-cold': { type: 'boolean', default: false },
  },
});

const rowNames = {
  first: 'first build, nothing cached',
  edit: 'an edited function body, until it is imported (ferrule develop)',
  size: 'size of the module, stripped',
  beyond: "of that beyond the user's own code",
};

const interpreter = environment(values.python);
const folder = mkdtempSync(join(tmpdir(), 'ferrule-builds-'));
try {
  const ferrule = measureFerrule();
  const pyo3 = measurePyo3();
  const before = findResults('builds')?.rows.find((row) => row.name === rowNames.first)?.pyo3;
  const own = kilobytes(strippedSize(buildOwnCode()));
  saveResults('builds', {
    conditions: conditions(interpreter),
    rows: [
      { name: rowNames.first, unit: 's', ferrule: ferrule.first, pyo3: pyo3.first ?? before },
      { name: rowNames.edit, unit: 's', ferrule: ferrule.edit, pyo3: pyo3.edit },
      { name: rowNames.size, unit: 'kB', ferrule: ferrule.size, pyo3: pyo3.size },
      { name: rowNames.beyond, unit: 'kB', ferrule: ferrule.size - own, pyo3: pyo3.size - own },
    ],
    stages: ferrule.stages,
  });
  console.log(buildsTable(findResults('builds')));
  for (const [name, stages] of Object.entries(ferrule.stages)) {
    console.log(`\n${name}:`);
    for (const { name: stage, at } of stages) console.log(`  ${at.toFixed(2)} s  ${stage}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measureFerrule() {
  const crate = join(folder, 'plain');
  const out = join(folder, 'modules');
  copyCrate(join(root, 'bench', 'calls', 'plain'), crate);
  // Nothing cached: neither by an earlier build of this crate nor for other crates.
  const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
  delete env.CARGO_TARGET_DIR;
  const script = join(root, 'bench', 'builds', 'build-once.mjs');
  const build = () => JSON.parse(output(process.execPath, [script, crate, out, interpreter], { env }));

  let report;
  const step = (expected) => {
    report = build();
    importModule('calls', out, expected);
  };
  const first = seconds(() => step(1));
  const stages = { first: report.stages };
  const edit = fastestEdit(crate, (expected) => {
    output(
      process.execPath,
      [join(root, 'dist', 'cli', 'bin.js'), 'develop', crate, '--python', interpreter, '--quiet'],
      { env },
    );
    importModule('calls', '', expected);
  });
  const library = readdirSync(join(out, 'calls')).find((name) => name.endsWith('.so'));
  return { first, edit, stages, size: kilobytes(strippedSize(join(out, 'calls', library))) };
}

function measurePyo3() {
  const crate = join(folder, 'pyo3');
  const out = join(folder, 'pyo3-modules');
  copyCrate(join(root, 'bench', 'calls', 'pyo3'), crate);
  mkdirSync(out);
  const target = values['pyo3-cold'] ? join(folder, 'pyo3-target') : join(work, 'pyo3');
  const library = join(out, 'calls_pyo3.so');
  const step = (expected) => {
    const env = { ...process.env, PYO3_PYTHON: interpreter, CARGO_TARGET_DIR: target };
    output('cargo', ['build', '--release', '--quiet'], { cwd: crate, env });
    cpSync(join(target, 'release', 'libcalls_pyo3.so'), library);
    importModule('calls_pyo3', out, expected);
  };
  const first = seconds(() => step(1));
  const edit = fastestEdit(crate, step);
  return { first: values['pyo3-cold'] ? first : undefined, edit, size: kilobytes(strippedSize(library)) };
}

/** Changes what `inc` adds, builds, and sees that Python gets the new answer. */
function fastestEdit(crate, step) {
  const file = join(crate, 'src', 'lib.rs');
  const source = readFileSync(file, 'utf8');
  const times = Array.from({ length: Number(values.edits) }, (_, index) => {
    writeFileSync(file, source.replace('x + 1', `x + ${index + 2}`));
    return seconds(() => step(index + 2));
  });
  return Math.min(...times);
}

function importModule(name, path, expected) {
  const program = `import ${name}; assert ${name}.inc(0) == ${expected}, ${name}.inc(0)`;
  output(interpreter, ['-c', program], { env: { ...process.env, PYTHONPATH: path } });
}

/** The crate's functions in a library without any binding: what the user's own code takes. */
function buildOwnCode() {
  const crate = join(folder, 'own');
  const plain = join(root, 'bench', 'calls', 'plain');
  const names = [...readFileSync(join(plain, 'src', 'lib.rs'), 'utf8').matchAll(/^pub fn (\w+)/gm)].map(
    (match) => match[1],
  );
  const pointers = names.map((name) => `    std::hint::black_box(calls::${name} as *const ());`);
  mkdirSync(join(crate, 'src'), { recursive: true });
  writeFileSync(join(crate, 'src', 'lib.rs'), `#[no_mangle]\npub extern "C" fn own() {\n${pointers.join('\n')}\n}\n`);
  writeFileSync(
    join(crate, 'Cargo.toml'),
    `[package]\nname = "own"\nversion = "0.1.0"\nedition = "2021"\n\n[lib]\ncrate-type = ["cdylib"]\n\n` +
      `[dependencies]\ncalls = { path = ${JSON.stringify(plain)} }\n\n[profile.release]\noverflow-checks = true\n`,
  );
  const env = { ...process.env, CARGO_TARGET_DIR: join(folder, 'own-target') };
  output('cargo', ['build', '--release', '--quiet', '--offline'], { cwd: crate, env });
  return join(folder, 'own-target', 'release', 'libown.so');
}

function copyCrate(from, to) {
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('/target') });
}

function seconds(action) {
  const began = performance.now();
  action();
  return Number(((performance.now() - began) / 1000).toFixed(2));
}

function kilobytes(bytes) {
  return Math.round(bytes / 1000);
}
