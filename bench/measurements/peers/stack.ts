import { ms, type Table } from 'dev-kit/bench/report/table';
import { type Ended, invokeUrlOf, openService, UNTHROTTLED } from '../../processes/cli';
import { type Product, versioned } from './product';

/** The result of deploying and verifying this service's stack on an emulator. */
export interface Stack {
  readonly deploy: Ended;
  /** Undefined without a stack. */
  readonly verify?: Ended;
  readonly invokeUrl?: string;
}

/** Longer than this nobody waits for a deployment or a verification in a bench. */
const MOST_MS = 45_000;

/** Deploys and verifies the service as far as the emulator can. */
export async function makeStack(port: number, { isOther }: { isOther: boolean }): Promise<Stack> {
  const service = openService(port, { isOther });
  try {
    // The first command in a copy of the service compiles it, which is not measured.
    await service.run('package');
    const deploy = await service.attempt(['deploy', '--skip-verify', ...UNTHROTTLED], MOST_MS);
    if (deploy.code !== 0) return { deploy };
    const verify = await service.attempt(['verify'], MOST_MS);
    return { deploy, verify, invokeUrl: await invokeUrlOf(port) };
  } finally {
    service.remove();
  }
}

type Stacks = ReadonlyMap<Product, Stack>;

export function stacksTable(stacks: Stacks): Table {
  return {
    title: "This service's stack",
    header: ['', 'deploy', 'verify', 'checks passed', 'failed'],
    rows: Array.from(stacks, ([name, { deploy, verify }]) => {
      if (verify === undefined) return [versioned(name), 'not possible', '–', '–', '–'];
      const { passed, failed } = verdictsIn(verify.output);
      const took = verify.code === null ? `more than ${ms(MOST_MS)}` : ms(verify.wallMs);
      return [versioned(name), ms(deploy.wallMs), took, `${passed}`, `${failed}`];
    }),
  };
}

/** How many checks a verification's lines say passed and failed. */
export function verdictsIn(output: string): { passed: number; failed: number } {
  const count = (mark: RegExp) => output.match(mark)?.length ?? 0;
  return { passed: count(/^\s*✔ /gm), failed: count(/^\s*✖ /gm) };
}

/** Why a stack could not be deployed, or what its verification ended with. */
export function stackNotes(stacks: Stacks): string[] {
  return Array.from(stacks).flatMap(([name, { deploy, verify }]) => {
    if (deploy.code !== 0) {
      const why = deploy.code === null ? 'it takes too long' : errorIn(deploy.output);
      return [`${versioned(name)} does not deploy the stack: ${why}`];
    }
    if (verify?.code === 0) return [];
    if (verify?.code === null) {
      return [`${versioned(name)}: the verification was stopped; checks are those until then.`];
    }
    return [`${versioned(name)}: ${errorIn(verify?.output ?? '')}`];
  });
}

/** The framework prints an error's message below a line `Error:`. */
export function errorIn(output: string): string {
  const [, message = output] = output.split(/^Error:$/m);
  const line = message.split('\n').find((one) => one.trim() !== '') ?? 'it printed nothing';
  return line.trim();
}
