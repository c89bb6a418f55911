/** @jest-environment dev-kit/jest/isolated.cjs */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Serverless, Utils } from '../../../hooks/framework';
import RecordsPlugin from '../../../hooks/records';
import ViewerPlugin from '../../../hooks/viewer';

const notNow = () => {
  throw new Error('Loaded by a command that has no use for it.');
};
jest.mock('@swc/core', () => notNow());
jest.mock('@aws-sdk/client-kinesis', () => notNow());
jest.mock('../../../hooks/viewer/server/viewer', () => notNow());
jest.mock('../../../hooks/viewer/command-line/records', () => notNow());

const serverless = { classes: { Error } } as unknown as Serverless;

test('other commands do not pay for viewer and records', () => {
  const viewer = new ViewerPlugin(serverless, {}, {} as Utils);
  const records = new RecordsPlugin(serverless, {}, {} as Utils);
  expect(Object.keys({ ...viewer.commands, ...records.commands })).toEqual(['viewer', 'records']);
  expect(Object.keys({ ...viewer.hooks, ...records.hooks })).toEqual(['viewer:run', 'records:run']);
});

test('their own commands load what they need', async () => {
  const records = new RecordsPlugin(serverless, {}, {} as Utils);
  await expect(records.hooks['records:run']?.()).rejects.toThrow('Loaded by');
});

test('the page on the viewer has every option', () => {
  const page = readFileSync(path.join(__dirname, '..', '..', '..', 'docs', 'viewer.md'), 'utf8');
  const { records } = new RecordsPlugin(serverless, {}, {} as Utils).commands;
  const options = Object.keys(records?.options ?? {});
  expect(options.length).toBeGreaterThan(5);
  for (const option of [...options, 'port', 'no-open']) expect(page).toContain(`\`--${option}\``);
});
