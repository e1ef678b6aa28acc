// Which crate a type of a well-known name belongs to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryCrate, temporaryFiles } from '../support/crates.ts';
import { ferruleSucceeds } from '../support/ferrule.ts';

interface Checked {
  readonly hosts: { readonly cpython: readonly { readonly path: string; readonly status: string; code?: string }[] };
}

async function checked(crate: string): Promise<ReadonlyMap<string, string>> {
  const { hosts } = JSON.parse(await ferruleSucceeds(['check', crate, '--format', 'json'])) as Checked;
  return new Map(hosts.cpython.map(({ path, status, code }) => [path, code ?? status]));
}

const uuid = (version: string): string => `[package]\nname = "uuid"\nversion = "${version}"\nedition = "2021"\n`;
const source = 'pub struct Uuid(pub u8);\n';

test('a well-known crate that is itself made a module keeps its own classes', async (t) => {
  const crate = await temporaryCrate(t, { name: 'uuid', source: `${source}pub fn same(id: Uuid) -> Uuid { id }\n` });
  const items = await checked(crate);
  assert.equal(items.get('uuid::Uuid'), 'bound');
  assert.equal(items.get('uuid::same'), 'bound');
});

test('of two versions of a crate one is linked, and items with types of the other are refused', async (t) => {
  const manifest =
    '[dependencies]\nfirst = { package = "uuid", path = "first" }\nsecond = { package = "uuid", path = "second" }\n';
  const folder = await temporaryFiles(t, {
    'Cargo.toml': `[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n${manifest}`,
    'src/lib.rs':
      'pub fn a(id: first::Uuid) -> first::Uuid { id }\npub fn b(id: second::Uuid) -> second::Uuid { id }\n',
    'first/Cargo.toml': uuid('1.0.0'),
    'first/src/lib.rs': source,
    'second/Cargo.toml': uuid('2.0.0'),
    'second/src/lib.rs': source,
  });
  const items = await checked(folder);
  assert.equal(items.get('sample::a'), 'bound');
  assert.equal(items.get('sample::b'), 'other-version');
});
