import { verification } from './verification';

/** What can be measured, by name: `npm run bench`, or `npm run bench verification`. */
const BENCHMARKS: Readonly<Record<string, () => Promise<string>>> = { verification };

async function main(): Promise<void> {
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown !== undefined) {
    console.error(`There is no benchmark '${unknown}': ${Object.keys(BENCHMARKS).join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  for (const [name, run] of Object.entries(BENCHMARKS)) {
    if (chosen.length === 0 || chosen.includes(name)) console.log(`\n${await run()}`);
  }
}

main();
