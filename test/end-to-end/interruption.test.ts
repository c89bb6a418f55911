import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import {
  bareEnvironment,
  freePort,
  startEmbeddedAws,
  startServerless,
  warmServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';

/** Slows writes down, so that an interruption hits a running check. */
const SLOW = JSON.stringify({ faults: { rules: [{ actions: ['PutRecord'], latencyMs: 300 }] } });

const service = serviceCopy();
let aws: Awaited<ReturnType<typeof startEmbeddedAws>>;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  aws = await startEmbeddedAws('--kinesis', SLOW);
  environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(aws.port) };
  await warmServerless(
    service.folder,
    ['deploy', '--stage', 'local', '--skip-verify'],
    environment,
  );
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
    const running = startServerless(service.folder, ['local', '--kinesis', SLOW], {
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
