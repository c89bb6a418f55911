import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';

import type { Pace } from '../../hooks/verify/check';
import { accessTo } from '../../hooks/verify/doors/access';
import { checksOf, withNamedStream } from '../../hooks/verify/doors/checks';
import { DescribedDoor } from '../../hooks/verify/doors/described';
import { problemsOf, type Routes } from '../../hooks/verify/doors/routes';
import { nameFor } from '../../hooks/verify/doors/start';
import { targetOf } from '../../hooks/verify/doors/target';
import { causeOf, type Report, verify } from '../../hooks/verify/verify';
import type { Account } from './account';
import type { ComparedDoor } from './doors';

const FOLDER = path.join(__dirname, '..', '..', 'examples', 'doors');
const REGION = 'us-east-1';

/** Nothing here takes time to spread, so nothing is asked again. */
const PACE: Pace = {
  runMs: 120_000,
  retryMs: 0,
  requestMs: 30_000,
  streamMs: 30_000,
  readMs: 0,
  encryptionMs: 0,
  jsonSpacing: 'exact',
};

/** A file of routes in examples/doors. @throws TypeError when it is not valid */
function routesOf(file: string): Routes {
  const content = load(readFileSync(path.join(FOLDER, file), 'utf8'));
  const problems = problemsOf(content);
  if (problems.length > 0) throw new TypeError(`${file}: ${problems.join('; ')}`);
  return content as Routes;
}

/** Deploys a door and runs all checks on it, as `serverless verify --url --routes` does. */
export async function verifyDoor(account: Account, compared: ComparedDoor): Promise<Report> {
  const { url, stream, streams } = await compared.deploy(account);
  const door = new DescribedDoor(
    { ...routesOf(compared.routes), ...(streams && { streams }) },
    stream,
  );
  const owner = { service: 'comparison', stage: 'dev' };
  const target = targetOf(door, url, REGION, owner);
  const checks = checksOf(door);
  const report = await verify({
    door,
    target,
    checks: stream === undefined ? checks : withNamedStream(checks),
    isNamed: stream !== undefined,
    stream: stream ?? nameFor(target.parameters.streams, owner),
    sign: (await accessTo(door, REGION, account.kinesis)).sign,
    kinesis: account.kinesis,
    apiGateway: account.apiGateway,
    iam: account.iam,
    direct: account.direct,
    pace: PACE,
    keep: false,
    signal: new AbortController().signal,
    onResult: () => {},
    progress: () => {},
  });
  const cause = causeOf(report);
  if (cause !== undefined) throw new Error(`${compared.name} could not be verified: ${cause}`);
  return report;
}
