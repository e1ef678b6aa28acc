// `npm start`: the main job on real input, from a fresh checkout. Builds the plain crate examples/count-doubles, shows
// that Python and Rust give the same answers and how much faster Rust is, and says how to go on with one's own code.

import { join, relative } from 'node:path';
import { buildProgram, installPackages, requireTools, root, runScript, SetupError, show } from './setup.mjs';

const program = join('dist', 'cli', 'bin.js');
const example = join('examples', 'count-doubles');
const out = join('target', 'start');
const python = 'python3';

const agreement = `
import random, string
import count_doubles, original

texts = ["", "aab", "bookkeeper", "éé", "😀😀", "a\\n\\nb"]
texts.append("".join(random.Random(1).choices(string.ascii_letters, k=1_000_000)))
for text in texts:
    shown = ascii(text) if len(text) < 20 else f"{len(text):,} random letters"
    old, new = original.count_doubles(text), count_doubles.count_doubles(text)
    print(f"  {shown:<28} Python {old:>7,}   Rust {new:>7,}   {'equal' if old == new else 'DIFFERENT'}")
    assert old == new
`;

await runScript(async () => {
  requireTools();
  await installPackages();
  await buildProgram();

  title(`${example}/src/lib.rs, a plain crate, becomes a Python module`);
  await ferrule('build', example, '--out', out);

  title('The same answers?');
  const searchPath = [out, example].map((folder) => join(root, folder)).join(process.platform === 'win32' ? ';' : ':');
  const agreed = await show(python, ['-c', agreement], {
    env: { PYTHONPATH: searchPath, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (!agreed) throw new SetupError('the Python original and the Rust module do not agree');

  title('How much faster?');
  // Ends with 1, as one contender is wrong on purpose: it counts bytes, and accents take two.
  await show(process.execPath, [join(root, program), 'bench', example]);
  console.log(
    '\nThe version over bytes is no replacement for text with accents: it is shown as wrong, and bench ends with 1.',
  );

  title('With your own code');
  console.log(nextSteps(`node ${relative(process.cwd(), join(root, program))}`));
  return 0;
});

function title(text) {
  console.log(`\n== ${text}\n`);
}

async function ferrule(...args) {
  console.log(`$ ferrule ${args.join(' ')}\n`);
  const succeeded = await show(process.execPath, [program, ...args]);
  if (!succeeded) throw new SetupError(`\`ferrule ${args.join(' ')}\` failed`);
}

function nextSteps(command) {
  return `1. Write the slow function in Rust, as you would for Rust, for example in fast.rs:

       /// The sum of the squares.
       pub fn squares(numbers: &[f64]) -> f64 {
           numbers.iter().map(|number| number * number).sum()
       }

2. ${command} check fast.rs               # what Python will see
3. ${command} build fast.rs --out .       # an importable package in this folder
4. python3 -c 'import fast; print(fast.squares([1, 2, 3]))'

A crate with a Cargo.toml works the same way: name its folder instead of the file. Inside a virtual environment,
\`${command} develop\` makes it importable there.`;
}
