import { get } from 'node:http';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../src';
import { openness } from '../../src/start-message';

// All of 127.0.0.0/8 is this machine's on Linux: an interface beside 127.0.0.1 that others cannot reach.
const OTHER = '127.0.0.2';

async function withAws(
  options: Omit<LocalAwsOptions, 'port'>,
  use: (aws: LocalAws) => Promise<void>,
): Promise<void> {
  const aws = await startLocalAws({ port: 0, ...options });
  try {
    await use(aws);
  } finally {
    await aws.close();
  }
}

const list = (host: string, port: number, secretAccessKey = 'local') => {
  const client = new KinesisClient({
    endpoint: `http://${host}:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey },
    maxAttempts: 1,
  });
  return client.send(new ListStreamsCommand({})).finally(() => client.destroy());
};

test('only 127.0.0.1 answers by default', async () => {
  await withAws({}, async ({ port, openAt, strict }) => {
    await expect(list(OTHER, port)).rejects.toThrow(/ECONNREFUSED/);
    expect({ openAt, strict }).toEqual({ openAt: [], strict: false });
  });
});

test('another address answers beside 127.0.0.1', async () => {
  await withAws({ host: OTHER }, async ({ port, url, strict }) => {
    expect(url).toBe(`http://127.0.0.1:${port}`);
    expect(strict).toBe(false);
    expect((await list(OTHER, port)).StreamNames).toEqual([]);
    expect((await list('127.0.0.1', port)).StreamNames).toEqual([]);
  });
});

test('what is open to others verifies signatures', async () => {
  await withAws({ host: '0.0.0.0' }, async ({ port, strict, secretAccessKey }) => {
    expect(strict).toBe(true);
    await expect(list(OTHER, port)).rejects.toThrow(/signature/);
    expect((await list(OTHER, port, secretAccessKey)).StreamNames).toEqual([]);
  });
});

test('unless the user says that it does not', async () => {
  await withAws({ host: '0.0.0.0', strict: false }, async ({ port, secretAccessKey }) => {
    expect(secretAccessKey).toBeUndefined();
    expect((await list(OTHER, port)).StreamNames).toEqual([]);
  });
});

test('names that are not its own are refused there as well', async () => {
  await withAws({ host: '0.0.0.0', allowHosts: ['aws'] }, async ({ port }) => {
    const ask = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ host: OTHER, port, path: '/_aws/health', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });

    expect(await ask('aws:4566')).toBe(200);
    expect(await ask(`${OTHER}:${port}`)).toBe(200);
    expect(await ask('rebind.example')).toBe(403);
  });
});

test('a port that another address has taken is taken', async () => {
  await withAws({}, async ({ port }) => {
    await expect(startLocalAws({ port, host: OTHER })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    // The address that was free has been given back.
    await expect(list(OTHER, port)).rejects.toThrow(/ECONNREFUSED/);
  });
});

test('the start says what it opens, and what leaves it without credentials', () => {
  expect(openness([], false)).toBeUndefined();
  expect(openness(['http://10.0.0.1:1'], true)).toMatch(/^Open to .*10\.0\.0\.1:1: .*signed/);
  expect(openness(['http://10.0.0.1:1'], false)).toMatch(/WITHOUT CREDENTIALS.*--no-strict/);
});
