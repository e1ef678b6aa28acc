// One build by the library, with the time at which each of its stages began: JSON on stdout.
// usage: build-once.mjs CRATE OUT PYTHON

import { build } from '../../dist/index.js';

const [path, out, python] = process.argv.slice(2);
const began = performance.now();
const stages = [];
const since = () => Number(((performance.now() - began) / 1000).toFixed(2));
const stage = (name) => stages.push({ name, at: since() });
const progress = (label) => {
  stage(label);
  return { step: (text) => stage(`${label}: ${text}`), done: () => stage('done') };
};
await build({ path, out, python, progress });
console.log(JSON.stringify({ stages }));
