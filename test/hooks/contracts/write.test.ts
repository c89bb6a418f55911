import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeContracts } from '../../../hooks/contracts/write';
import type { Serverless } from '../../../hooks/framework';
import type { DeclaredStream } from '../../../resources/streams/declared';
import { streams } from '../../fixtures/events/streams';
import { declaredOnDev } from '../../support/in-process-stage';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'contracts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string) => path.join(folder, 'generated', name);

const write = (declared: readonly DeclaredStream[]) =>
  writeContracts(
    {
      service: {
        service: 'shop',
        custom: {
          kinesisRestProxy: {
            streams: declared,
            parameters: { authorization: 'NONE', writeScopes: '', identitySource: '' },
          },
        },
      },
      getProvider: () => ({ getStage: () => 'dev' }),
    } as unknown as Serverless,
    folder,
  );

test('types and document go to a folder that Git does not see', () => {
  expect(write(declaredOnDev(streams))).toEqual([
    'generated/events.d.ts',
    'generated/openapi.json',
  ]);

  expect(readFileSync(inFolder('.gitignore'), 'utf8')).toMatch(/^\*$/m);
  expect(readFileSync(inFolder('events.d.ts'), 'utf8')).toContain('export interface OrdersEvent');
  expect(JSON.parse(readFileSync(inFolder('openapi.json'), 'utf8'))).toMatchObject({
    info: { title: 'Events of shop' },
    paths: { '/events/orders': { post: { security: [] } } },
  });
});

test('what has not changed is not written again', () => {
  write(declaredOnDev(streams));
  utimesSync(inFolder('events.d.ts'), 1, 1);

  write(declaredOnDev(streams));
  expect(statSync(inFolder('events.d.ts')).mtimeMs).toBe(1000);
});

test('without a declared stream nothing is written, and what was is gone', () => {
  expect(write([])).toEqual([]);
  expect(existsSync(inFolder(''))).toBe(false);

  write(declaredOnDev(streams));
  write([]);
  expect(existsSync(inFolder(''))).toBe(false);
});

test("a folder that is somebody else's is left alone", () => {
  mkdirSync(inFolder(''));
  writeFileSync(inFolder('events.d.ts'), 'mine');

  expect(() => write(declaredOnDev(streams))).toThrow(
    'The types of events go to generated/, and there is a folder of that name with other files.',
  );
  expect(write([])).toEqual([]);
  expect(readFileSync(inFolder('events.d.ts'), 'utf8')).toBe('mine');
});
