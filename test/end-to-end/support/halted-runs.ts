import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { loadTarget } from '../../../hooks/stage/load-target';
import { throwAwayName } from '../../../hooks/stage/throw-away-name';
import { type Direct, unsigned } from '../../../hooks/verify/api-client';
import { apiChecks } from '../../../hooks/verify/checks/api';
import { openLoopback } from '../../../hooks/verify/loopback';
import { EMBEDDED_PACE } from '../../../hooks/verify/pace';
import { type Checks, only } from '../../../hooks/verify/run-checks';
import { verify } from '../../../hooks/verify/verify';

// A process for a test to kill: many verifications at once, of which the first has stopped dead after
// its first request, the second after its second, and so on to one that came to its end. Each is of a
// few checks and those they build on, for a run of all would repeat all requests before each step.

/** Their requests make nothing and delete nothing, or are so large that they take longer than all others. */
const LEAVES_NOTHING = /^(LargeRecord|Full\w*|\w+(Sent|Near|Hostile|ContentTypes?)|Missing\w+)$/;

/**
 * All others that ask something of the API, each request a step. What reads the stack between two
 * steps leaves nothing.
 */
const checks: Checks = Object.fromEntries(
  Object.entries(apiChecks).filter(([name]) => !LEAVES_NOTHING.test(name)),
);

/** How many checks a run is of, besides those they build on. */
const AT_ONCE = 3;

const names = Object.keys(checks);
const parts = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, index) =>
  only(checks, names.slice(index * AT_ONCE, (index + 1) * AT_ONCE)),
);

const [endpoint = ''] = process.argv.slice(2);
const config = {
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
const clients = {
  kinesis: new KinesisClient(config),
  apiGateway: new APIGatewayClient(config),
  iam: new IAMClient(config),
};

const { direct } = openLoopback();

/** Sends requests, and never comes back from the last of so many. */
function haltingAfter(requests: number, halted: () => void): Direct {
  let sent = 0;
  return async (request) => {
    sent += 1;
    const answer = await direct(request);
    if (sent < requests) return answer;
    halted();
    return new Promise(() => {});
  };
}

async function main(): Promise<void> {
  const target = await loadTarget({
    stage: 'local',
    region: 'us-east-1',
    service: 'kinesis-rest-proxy',
    stackName: 'kinesis-rest-proxy-local',
    config,
  });
  // All of them at once take longer than one may, and none may give up on the request that halts it.
  const pace = { ...EMBEDDED_PACE, runMs: 600_000, requestMs: 1_200_000, streamMs: 150_000 };
  const run = (part: Checks, way: Direct) =>
    verify({
      ...clients,
      target,
      checks: part,
      sign: unsigned,
      stream: throwAwayName(target),
      pace,
      keep: false,
      signal: new AbortController().signal,
      direct: way,
      onResult: () => {},
      progress: () => {},
    });
  const stepsOf = async (part: Checks) => {
    // One run to its end tells how many steps there are.
    const { tally } = await run(part, direct);
    const halts = Array.from(
      { length: tally.sent },
      (_, index) =>
        new Promise<void>((resolve) => {
          // One that repeated fewer requests than the first comes to its end.
          void run(part, haltingAfter(index + 1, resolve)).then(() => resolve());
        }),
    );
    await Promise.all(halts);
    return tally.sent;
  };
  const steps = await Promise.all(parts.map(stepsOf));
  process.send?.({ steps: steps.reduce((sum, each) => sum + each, 0) });
}

main();
