import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { type Diagnostic, error, warning } from '../../src/diagnostics/diagnostic.ts';
import { countDiagnostics, diagnosticToJson, renderDiagnostic } from '../../src/diagnostics/render.ts';
import { createStyle, plainStyle } from '../../src/terminal/colour.ts';

const source = `pub struct Wrapper;

pub fn total(values: Wrapper) -> u64 {
\tlet größe = "漢字"; broken(größe)
}
`;

const refused: Diagnostic = error(
  { code: 'foreign-type', message: '`Wrapper` has no conversion', help: 'return a list instead' },
  {
    location: { file: '/work/src/lib.rs', line: 3, column: 22, endLine: 3, endColumn: 29 },
    label: 'taken here',
    notes: ['classes come later\nand this is a second line'],
  },
);

function render(diagnostic: Diagnostic, text: string | undefined = source): string {
  return renderDiagnostic(diagnostic, { style: plainStyle, cwd: '/work', source: () => text });
}

test('a diagnostic looks as rustc would show it', () => {
  assert.equal(
    render(refused),
    `error[foreign-type]: \`Wrapper\` has no conversion
 --> src/lib.rs:3:22
  |
3 | pub fn total(values: Wrapper) -> u64 {
  |                      ^^^^^^^ taken here
  |
  = note: classes come later
          and this is a second line
  = help: return a list instead
`,
  );
});

test('tabs and wide characters keep the caret in place', () => {
  const location = { file: 'lib.rs', line: 4, column: 20, endLine: 4, endColumn: 26 };
  assert.equal(
    render(error({ code: 'x', message: 'm' }, { location })),
    `error[x]: m
 --> lib.rs:4:20
  |
4 |     let größe = "漢字"; broken(größe)
  |                         ^^^^^^
  |
`,
  );
});

test('a span over several lines is marked to the end of its first', () => {
  const location = { file: 'lib.rs', line: 3, column: 1, endLine: 5, endColumn: 2 };
  assert.match(render(warning({ code: 'x', message: 'm' }, { location })), /\n {2}\| \^{38}\n/);
});

test('without the source only the place is shown', () => {
  const shown = renderDiagnostic(refused, { style: plainStyle, cwd: '/elsewhere', source: () => undefined });
  assert.match(shown, /^error.*\n --> \/work\/src\/lib\.rs:3:22\n {2}= note/);
});

test('a message alone has no frame', () => {
  assert.equal(render(error({ code: 'x', message: 'm', help: 'h' })), 'error[x]: m\n  = help: h\n');
});

test('colour is a matter of style alone', () => {
  const options = { cwd: '/work', source: () => source };
  const coloured = renderDiagnostic(refused, { ...options, style: createStyle(true) });
  assert.ok(coloured.includes('\u001B[31m'));
  assert.equal(stripVTControlCharacters(coloured), renderDiagnostic(refused, { ...options, style: plainStyle }));
});

test('JSON has the fields in one order and leaves out what is absent', () => {
  assert.equal(
    JSON.stringify(diagnosticToJson(error({ code: 'x', message: 'm' }), '/work')),
    '{"severity":"error","code":"x","message":"m","notes":[]}',
  );
  assert.equal(diagnosticToJson(refused, '/work').location?.file, 'src/lib.rs');
});

test('counting leaves out what is not there', () => {
  assert.equal(countDiagnostics([refused, refused, warning({ code: 'x', message: 'm' })]), '2 errors, 1 warning');
  assert.equal(countDiagnostics([]), '');
});
