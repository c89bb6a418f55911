/** @jest-environment dev-kit/jest/isolated.cjs */
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { StartMessage } from 'embedded-aws';
import { launched } from '../../../hooks/local/ahead';
import { startEmbeddedAws } from '../../../hooks/local/embedded-aws';

jest.mock('../../../hooks/local/ahead', () => ({ launched: jest.fn() }));

/** A process that answers its options so. */
function answering(message: StartMessage): void {
  const child = Object.assign(new EventEmitter(), {
    send: () => setImmediate(() => child.emit('message', message)),
  });
  jest.mocked(launched).mockReturnValue(child as unknown as ChildProcess);
}

const failed = (code: string, message: string): StartMessage => ({ type: 'failed', code, message });

test.each([
  ['taken', failed('EADDRINUSE', 'listen EADDRINUSE'), 'LOCAL_PORT_TAKEN', /^Port 4566 is taken\./],
  [
    'kept by Windows for Hyper-V or WSL',
    failed('EACCES', 'listen EACCES: permission denied 127.0.0.1:4566'),
    'LOCAL_PORT_RESERVED',
    /^The system does not allow listening on port 4566; pick another port: .* --port 4570$/,
  ],
  [
    'free, and a folder not its own',
    failed('EACCES', "EACCES: permission denied, mkdir '/state'"),
    'LOCAL_AWS_FAILED',
    /mkdir '\/state'/,
  ],
] as const)('a port that is %s', async (_what, message, code, text) => {
  answering(message);

  await expect(startEmbeddedAws(4566)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(text),
  });
});
