// `npm test`: sets itself up and runs everything. `npm test -- unit` runs one part, `npm test -- unit e2e` two;
// `-- --update` writes the expected files anew, `-- unit --only PATTERN` runs the tests whose name matches.
// FERRULE_TEST_PYTHONS=3.9,3.13 limits the interpreters; FERRULE_REQUIRED_PYTHONS=3.9,3.15 fails without them.

import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import {
  buildProgram,
  buildTests,
  installPackages,
  requireTools,
  root,
  runScript,
  seconds,
  SetupError,
  show,
  typescriptTests,
} from './setup.mjs';

/** In the order that tells a developer soonest what is wrong. */
const parts = {
  lint: { does: 'oxlint, oxfmt, knip, publint', run: lint },
  unit: { does: 'pure functions and expected files', run: unit },
  rust: { does: 'rustfmt, clippy, tests of runtime/, layouts against the headers of each Python', run: rust },
  e2e: { does: 'build, import, call; stubs; failure modes', run: endToEnd },
};

/** Hand-written shims: the runtime's own tests, without the tool. */
const runtimeSamples = [
  ['runtime/sample', 'test.py'],
  ['runtime/conversions-sample', 'test_conversions.py'],
  ['runtime/class-sample', 'test_classes.py'],
];

await runScript(async () => {
  const { selected, options } = parseCommandLine();
  const started = performance.now();
  requireTools();
  await installPackages();
  await buildProgram();
  await buildTests();
  const { pythons, debugPythons, missingVersions } = await importTest('support/pythons.js');
  const context = { ...options, pythons: [...pythons, ...debugPythons], skipped: [] };
  for (const version of missingVersions) context.skipped.push(`CPython ${version}: not on this machine`);
  requirePythons(pythons);

  const results = [];
  for (const name of selected) {
    console.log(`\n== ${name}: ${parts[name].does}`);
    const partStarted = performance.now();
    const failures = await parts[name].run(context);
    results.push({ name, failures, time: seconds(partStarted) });
  }
  summarise(results, context, started);
  return results.some(({ failures }) => failures.length > 0) ? 1 : 0;
});

function parseCommandLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { update: { type: 'boolean', default: false }, only: { type: 'string' } },
  });
  const unknown = positionals.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new SetupError(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  }
  return { selected: positionals.length > 0 ? positionals : Object.keys(parts), options: values };
}

function requirePythons(pythons) {
  const required = (process.env['FERRULE_REQUIRED_PYTHONS'] ?? '').split(',').filter((version) => version !== '');
  const missing = required.filter((version) => !pythons.some((python) => python.version === version));
  if (missing.length > 0) throw new SetupError(`this run has to cover CPython ${missing.join(', ')}, not found here`);
}

async function lint() {
  return failed({
    'npm run lint': await show('npm', ['run', '--silent', 'lint']),
  });
}

async function unit(context) {
  const files = testFiles().filter((file) => !isEndToEnd(file));
  return failed({ 'unit tests': await nodeTests(files, context) });
}

async function endToEnd(context) {
  const { prepareEnvironment } = await importTest('support/environments.js');
  const failures = [];
  for (const python of context.pythons.filter(({ debug }) => !debug)) {
    try {
      await prepareEnvironment(python);
    } catch (error) {
      context.skipped.push(
        `numpy and mypy under CPython ${python.name}: ${String(error.message).trim().split('\n').at(-1)}`,
      );
      if (process.env['CI'] === 'true') failures.push(`packages for CPython ${python.name}`);
    }
  }
  const passed = await nodeTests(testFiles().filter(isEndToEnd), context);
  return [...failures, ...failed({ 'end-to-end tests': passed })];
}

async function rust({ pythons, skipped }) {
  const manifest = ['--manifest-path', 'runtime/Cargo.toml'];
  const results = {
    'cargo fmt': await show('cargo', ['fmt', ...manifest, '--all', '--check']),
    'cargo test': await show('cargo', ['test', ...manifest, '--quiet']),
  };
  for (const version of ['py39', 'py312', 'py315']) {
    const clippy = ['clippy', ...manifest, '--all-targets', '--quiet', '--features', `ferrule-cpython/${version}`];
    results[`cargo clippy, ${version}`] = await show('cargo', [...clippy, '--', '-D', 'warnings']);
  }
  const wellKnown = ['--manifest-path', 'runtime/ferrule-well-known/Cargo.toml'];
  const target = ['--target-dir', 'runtime/target/well-known'];
  results['cargo fmt, well-known crates'] = await show('cargo', ['fmt', ...wellKnown, '--check']);
  const clippy = ['clippy', ...wellKnown, ...target, '--all-features', '--quiet', '--', '-D', 'warnings'];
  results['cargo clippy, well-known crates'] = await show('cargo', clippy);
  for (const python of pythons) {
    if (!python.headers) {
      skipped.push(`layout check of CPython ${python.name}: no headers`);
      continue;
    }
    const label = `layout check of CPython ${python.name}`;
    results[label] = await show('bash', ['runtime/layout/check.sh', python.executable]);
  }
  for (const python of oldestAndNewest(pythons)) {
    for (const [sample, test] of runtimeSamples) {
      results[`${sample} on CPython ${python.name}`] = await testSample(sample, test, python);
    }
  }
  return failed(results);
}

async function testSample(sample, test, python) {
  const out = join(root, 'target', 'runtime', python.name);
  const built = await show('sh', [`${sample}/build.sh`, python.executable, out]);
  return built && show(python.executable, [`${sample}/${test}`], { env: { PYTHONPATH: out } });
}

/** The ends of the range, and a build that counts references. */
function oldestAndNewest(pythons) {
  const release = pythons.filter(({ debug }) => !debug);
  const ends = [release.at(0), release.at(-1), pythons.findLast(({ debug }) => debug)];
  return [...new Set(ends.filter((python) => python !== undefined))];
}

async function nodeTests(files, { update, only }) {
  if (files.length === 0) return true;
  const args = [
    '--test',
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    '--test-reporter=spec',
    '--test-concurrency=2',
  ];
  if (only !== undefined) args.push(`--test-name-pattern=${only}`);
  return show(process.execPath, [...args, ...files], { env: update ? { FERRULE_UPDATE: '1' } : {} });
}

function testFiles() {
  const folder = join(typescriptTests, 'tests');
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => relative(root, join(folder, name)));
}

function isEndToEnd(file) {
  return file.split(/[\\/]/).includes('e2e');
}

function importTest(path) {
  return import(pathToFileURL(join(typescriptTests, 'tests', path)).href);
}

function failed(results) {
  return Object.entries(results)
    .filter(([, passed]) => !passed)
    .map(([name]) => name);
}

function summarise(results, { pythons, skipped }, started) {
  console.log('\n== summary');
  for (const { name, failures, time } of results) {
    console.log(
      `${failures.length === 0 ? 'passed ' : 'FAILED '} ${name} (${time})${failures.map((what) => `\n         ${what}`).join('')}`,
    );
  }
  console.log(`Pythons  ${pythons.map(({ name }) => name).join(', ')}`);
  for (const what of skipped) console.log(`skipped  ${what}`);
  console.log(`time     ${seconds(started)}`);
}
