import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { bareEnvironment, freePort, startServerless, warmServerless } from './support/processes';
import { serviceCopy } from './support/service-copy';
import { type RunningAws, warmAws } from './support/warm-aws';

/** Slows writes down, so that an interruption hits a running check. */
const SLOW = { faults: { rules: [{ actions: ['PutRecord'], latencyMs: 300 }] } };

const service = serviceCopy();
let aws: RunningAws;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  aws = await warmAws({ kinesis: SLOW });
  environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(aws.port) };
  const args = ['deploy', '--stage', 'local', '--skip-verify'];
  expect((await warmServerless(service.folder, args, environment)).code).toBe(0);
});

afterAll(async () => {
  await aws.stop();
  service.remove();
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  '%s during verification: the stream is deleted, nothing is called failed',
  async (signal, code) => {
    const running = startServerless(service.folder, ['verify', '--stage', 'local'], environment);
    await running.printed('✔ POST /streams/{stream-name}');

    running.child.kill(signal);

    expect(await running.code).toBe(code);
    expect(running.output()).toContain('Interrupted; the throw-away stream is deleted.');
    expect(running.output()).not.toContain('✖');
    expect(running.output()).not.toMatch(/^ {4}at /m);
    const kinesis = new KinesisClient({
      endpoint: aws.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    expect((await kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual([]);
    kinesis.destroy();
  },
);

test.each(['Deploying stage local', 'Verifying stage local'])(
  'npm start, ended at "%s": it stops at once, with no port held and no false alarm',
  async (moment) => {
    const port = await freePort();
    const running = startServerless(service.folder, ['local', '--kinesis', JSON.stringify(SLOW)], {
      ...bareEnvironment(),
      LOCAL_AWS_PORT: String(port),
    });
    await running.printed(moment);

    running.child.kill('SIGINT');

    expect(await running.code).toBe(130);
    expect(running.output()).not.toContain('✖');
    expect(running.output()).not.toMatch(/^ {4}at /m);
    await expect(fetch(`http://127.0.0.1:${port}/_aws/health`)).rejects.toThrow();
  },
);
