// The architecture holds: folders of src/ form floors, imports go down or stay in their folder, there is no circle, and
// only src/hosts knows hosts by name.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { test } from 'node:test';
import { root } from './support/root.ts';

/** Top to bottom. A folder may import what stands on a lower floor; neighbours on one floor do not know each other. */
const floors: readonly (readonly string[])[] = [
  ['cli'],
  // src/index.ts, the public library: it exports what commands call.
  ['.'],
  ['report', 'port'],
  ['bench', 'package'],
  ['build'],
  ['hosts'],
  ['interface'],
  ['rustdoc'],
  ['project'],
  ['verify', 'profile', 'cargo'],
  ['python'],
  ['emit', 'diagnostics'],
  ['system', 'terminal'],
];

interface Import {
  readonly from: string;
  readonly to: string;
}

const source = join(root, 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);

test('every folder of src/ has a floor', () => {
  const folders = new Set(files.map(folderOf));
  const homeless = [...folders].filter((folder) => floorOf(folder) === -1);
  assert.deepEqual(homeless, [], 'add them to the floors, here and in ARCHITECTURE.md');
});

test('imports go downward', () => {
  const upward = imports.filter(({ from, to }) => {
    const [above, below] = [folderOf(from), folderOf(to)];
    return above !== below && floorOf(above) >= floorOf(below);
  });
  assert.deepEqual(upward.map(show), []);
});

test('no file imports itself through others', () => {
  assert.equal(findCircle()?.join(' -> '), undefined);
});

test('only src/hosts compares the name of a host', () => {
  const name = /(?:===|!==|==|!=|\bcase)\s*['"`](?:cpython|node|c)['"`]|['"`](?:cpython|node|c)['"`]\s*(?:[=!]==?)/;
  const places = files
    .filter((file) => folderOf(file) !== 'hosts')
    .flatMap((file) =>
      read(file)
        .split('\n')
        .flatMap((line, index) => (name.test(line) ? [`src/${file}:${index + 1}: ${line.trim()}`] : [])),
    );
  assert.deepEqual(places, [], 'what differs between hosts belongs into the Host value');
});

test('only src/terminal asks for TTY and NO_COLOR', () => {
  const knowing = files.filter(
    (file) => folderOf(file) !== 'terminal' && /\.isTTY\b|\bNO_COLOR'|\['NO_COLOR/.test(read(file)),
  );
  assert.deepEqual(knowing, []);
});

function importsOf(file: string): readonly Import[] {
  return [...read(file).matchAll(/^(?:import|export)\b[^;]*?\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm)].map(
    (match) => ({
      from: file,
      to: relative(source, resolve(source, dirname(file), match[1] ?? match[2] ?? '')),
    }),
  );
}

function findCircle(): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of imports.filter(({ from }) => from === file)) {
      const circle = visit(to, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  return files.map((file) => visit(file, [])).find((circle) => circle !== undefined);
}

function read(file: string): string {
  return readFileSync(join(source, file), 'utf8');
}

function folderOf(file: string): string {
  return file.includes(sep) ? (file.split(sep)[0] ?? '.') : '.';
}

function floorOf(folder: string): number {
  return floors.findIndex((floor) => floor.includes(folder));
}

function show({ from, to }: Import): string {
  return `src/${from} imports src/${to}`;
}
