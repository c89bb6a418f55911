import { AwsError } from '../../../src/core/errors';
import { ifExists, waitUntil } from '../../../src/kinesis/resource-handlers/wait';

const waiting = { intervalMs: 10, attempts: 3, sleep: async () => {} };

describe('waitUntil', () => {
  test('gives up on a state that is not reached', async () => {
    await expect(waitUntil(waiting, 'Stream s', () => false)).rejects.toThrow(
      new AwsError('NotStabilized', 'Stream s did not stabilize.'),
    );
  });

  test('checks before it sleeps', async () => {
    const sleep = jest.fn(async () => {});

    await waitUntil({ ...waiting, sleep }, 'Stream s', () => true);

    expect(sleep).not.toHaveBeenCalled();
  });
});

describe('ifExists', () => {
  test('treats only ResourceNotFoundException as absence', () => {
    const missing = new AwsError('ResourceNotFoundException', 'gone');
    const denied = new AwsError('AccessDeniedException', 'no');
    const throwing = (error: Error) => () => {
      throw error;
    };

    expect(ifExists(() => 1)).toBe(1);
    expect(ifExists(throwing(missing))).toBeUndefined();
    expect(() => ifExists(throwing(denied))).toThrow(denied);
  });
});
