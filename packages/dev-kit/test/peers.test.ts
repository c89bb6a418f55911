import { absentNotes } from '../bench/measurement';
import { PEERS } from '../bench/peers';
import { cargoInstall } from '../bench/peers/cargo';
import { pipInstall } from '../bench/peers/pip';
import type { Ran } from '../bench/processes/run';

/** A machine with these programs: what each prints, or why it fails. */
function machine(programs: Readonly<Record<string, string | { readonly fails: string }>>) {
  const calls: string[] = [];
  const call = async (program: string, args: readonly string[]): Promise<Ran> => {
    calls.push([program, ...args].join(' '));
    const output = programs[program];
    if (output === undefined) return { ok: false, output: '' };
    return typeof output === 'string'
      ? { ok: true, output }
      : { ok: args.includes('--version') && args.length === 1, output: output.fails };
  };
  return { call, calls };
}

const silent = () => {};

describe('a peer of cargo', () => {
  const install = (programs: Parameters<typeof machine>[0]) => {
    const { call, calls } = machine(programs);
    return cargoInstall('ferrokinesis', '0.7.0', silent, call).then((why) => ({ why, calls }));
  };

  test('is built in its version', async () => {
    const { why, calls } = await install({ cargo: 'cargo 1.90.0' });
    expect(why).toBeUndefined();
    expect(calls.at(-1)).toMatch(/^cargo install --version 0\.7\.0 .* ferrokinesis$/);
  });

  test('is not there without cargo, which is said', async () => {
    expect((await install({})).why).toContain('install Rust');
  });

  test('that cannot be built says why', async () => {
    const { why } = await install({ cargo: { fails: 'noise\nerror: no network\n' } });
    expect(why).toBe('cargo could not install it: error: no network');
  });
});

describe('a peer of pip', () => {
  const install = (programs: Parameters<typeof machine>[0]) => {
    const { call, calls } = machine(programs);
    return pipInstall(
      'moto',
      { ...PEERS.moto, pythons: ['3.13', '3.12'] },
      silent,
      (program, args) => call(program.replace(/^.*[\\/]/, ''), args),
    ).then((why) => ({ why, calls }));
  };

  test('is installed with the first Python that it runs on', async () => {
    const { why, calls } = await install({ 'python3.12': '3.12', python3: '3.9', pip: '' });
    expect(why).toBeUndefined();
    expect(calls.find((call) => call.includes('venv'))).toMatch(/^python3\.12 -m venv /);
    expect(calls.at(-1)).toBe(`pip install --quiet moto[server]==${PEERS.moto.version}`);
  });

  test('takes the Python that pyenv has of that version', async () => {
    const { calls } = await install({ pyenv: '/home/me/3.13.0', python: '3.13', pip: '' });
    expect(calls.find((call) => call.includes('venv'))).toMatch(/^python -m venv /);
  });

  test('is not there with another Python alone, which is said', async () => {
    const { why } = await install({ python3: '3.9', python: '2.7' });
    expect(why).toBe('it needs Python 3.12 or 3.13: install it (https://www.python.org)');
  });
});

test('a peer that is absent is named in the report, with its version and the reason', () => {
  const absent = new Map([['moto', 'it needs Python']] as const);
  expect(absentNotes({ absent }, ['ferrokinesis', 'moto'])).toEqual([
    `moto ${PEERS.moto.version} was not measured: it needs Python.`,
  ]);
});
