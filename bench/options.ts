import { parseArgs } from 'node:util';
import { BenchError, type Measurement } from 'dev-kit/bench/measurement';

export interface Options {
  readonly chosen: readonly Measurement[];
  readonly quick: boolean;
  readonly write: boolean;
  readonly list: boolean;
  /** Writes the page again from earlier results, without measuring. */
  readonly render: boolean;
  readonly profile: boolean;
}

/** @throws BenchError for unknown options and names */
export function parseOptions(args: readonly string[], all: readonly Measurement[]): Options {
  const { only, profile, quick, write, list, render } = parsed(args);
  if (profile !== undefined && (only !== undefined || write)) {
    throw new BenchError(
      '--profile names what is measured and slows it down: it goes without --only and --write.',
    );
  }
  const chosen = choose(profile ?? only, all);
  return { chosen, quick, write, list, render, profile: profile !== undefined };
}

function parsed(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        profile: { type: 'string' },
        quick: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        render: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (cause) {
    throw new BenchError(
      `${(cause as Error).message}\nThe bench takes --only <names>, --profile <names>, --quick, --write, --render and --list.`,
      { cause },
    );
  }
}

function choose(only: string | undefined, all: readonly Measurement[]): readonly Measurement[] {
  if (only === undefined) return all.filter(({ onlyByName }) => !onlyByName);
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(', ');
    throw new BenchError(`There is no measurement '${unknown}'. There are: ${known}.`);
  }
  return all.filter(({ name }) => names.includes(name));
}
