// What `ferrule check` prints for a person: signatures first, then every refused item as a diagnostic at its place.

import { warning } from '../diagnostics/diagnostic.ts';
import { readSource, renderDiagnostics } from '../diagnostics/render.ts';
import type { CheckedItem, CheckReport } from '../index.ts';
import type { Style } from '../terminal/colour.ts';
import { displayWidth, padEnd } from '../terminal/width.ts';

export function renderCheckReport({ crate, version, hosts }: CheckReport, style: Style): string {
  return Object.entries(hosts)
    .map(([host, items]) => renderHost(`${crate} ${version} for ${host}`, items, style))
    .join('\n');
}

function renderHost(title: string, items: readonly CheckedItem[], style: Style): string {
  const bound = items.filter((item) => item.status === 'bound');
  const refused = items.filter((item) => item.status === 'refused');
  const blocks = [
    style.strong(title),
    renderBound(bound, style),
    renderRefused(refused, style),
    `${bound.length} bound, ${refused.length} refused`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The Rust path beside what it looks like in the host; above it when the path is too long for its column. */
function renderBound(items: readonly CheckedItem[], style: Style): string {
  const width = Math.max(0, ...items.map(({ path }) => displayWidth(path)).filter((path) => path <= widestPath));
  return items
    .map(({ path, signature = '' }) => {
      const isLong = displayWidth(path) > widestPath;
      const name = isLong ? `${style.faint(path)}\n  ${' '.repeat(width)}` : style.faint(padEnd(path, width));
      return `  ${name}  ${signature}`;
    })
    .join('\n');
}

const widestPath = 36;

/** Each refused item as a diagnostic at its place. */
function renderRefused(items: readonly CheckedItem[], style: Style): string {
  const diagnostics = items.map(({ path, kind, code = '', reason = '', help, location }) =>
    warning(
      { code, message: `${kind} \`${path}\`: ${reason}`, ...(help !== undefined && { help }) },
      location === undefined ? {} : { location },
    ),
  );
  return renderDiagnostics(diagnostics, { style, cwd: process.cwd(), source: readSource }).trimEnd();
}
