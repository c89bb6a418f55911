import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import {
  bareEnvironment,
  freePort,
  startEmbeddedAws,
  startServerless,
  warmServerless,
} from './support/processes';
import { serviceCopy } from './support/service-copy';

// `npm start -- --strict`: who does not know the secret can do nothing, and the second terminal is told.

const service = serviceCopy();
const state = mkdtempSync(path.join(tmpdir(), 'strict-'));
afterAll(() => {
  service.remove();
  rmSync(state, { recursive: true, force: true });
});

async function listStreams(endpoint: string, secretAccessKey: string) {
  const credentials = { accessKeyId: 'local', secretAccessKey };
  const client = new KinesisClient({ endpoint, region: 'us-east-1', credentials });
  return client.send(new ListStreamsCommand({})).finally(() => client.destroy());
}

test('npm start verifies its stage with the secret that it prints, and keeps it', async () => {
  const environment = { ...bareEnvironment(), LOCAL_AWS_PORT: String(await freePort()) };
  const endpoint = `http://127.0.0.1:${environment.LOCAL_AWS_PORT}`;
  const open = ['--host', '127.0.0.2', '--streams', 'orders:2,clicks'];
  const options = ['local', '--strict', '--persist', state, ...open];
  const running = startServerless(service.folder, options, environment);
  await running.printed('Ctrl-C stops it.');
  const secret = /LOCAL_AWS_SECRET_ACCESS_KEY='([^']+)'/.exec(running.output())?.[1] ?? '';

  const info = ['info', '--stage', 'local'];
  const without = await warmServerless(service.folder, info, environment);
  const withSecret = { ...environment, LOCAL_AWS_SECRET_ACCESS_KEY: secret };
  const told = await warmServerless(service.folder, info, withSecret);

  expect(running.output()).not.toContain('✖');
  expect(without.code).not.toBe(0);
  expect(without.output).toContain('verifies signatures. Set the secret');
  expect(told.output).toContain('stage: local');
  const other = endpoint.replace('127.0.0.1', '127.0.0.2');
  const fromTheStart = { StreamNames: ['clicks', 'orders'] };
  await expect(listStreams(endpoint, secret)).resolves.toMatchObject(fromTheStart);
  await expect(listStreams(other, secret)).resolves.toMatchObject(fromTheStart);
  await expect(listStreams(other, 'local')).rejects.toThrow('does not match');
  running.child.kill('SIGINT');
  expect(await running.code).toBe(0);

  const again = await startEmbeddedAws('--strict', '--persist', state);
  await expect(listStreams(again.endpoint, secret)).resolves.toMatchObject(fromTheStart);
  await expect(listStreams(again.endpoint, 'local')).rejects.toThrow('does not match');
  await again.stop();
});
