import { AwsError } from '../../../src/core/errors';
import { ifExists, waitUntil } from '../../../src/kinesis/resource-handlers/wait';

const waiting = { intervalMs: 10, attempts: 3, sleep: async () => {} };

describe('waitUntil', () => {
  test('gives up on a state that does not come', async () => {
    await expect(waitUntil(waiting, 'Stream s', () => false)).rejects.toThrow(
      new AwsError('NotStabilized', 'Stream s did not stabilize.'),
    );
  });

  test('looks before it sleeps', async () => {
    const sleep = jest.fn(async () => {});

    await waitUntil({ ...waiting, sleep }, 'Stream s', () => true);

    expect(sleep).not.toHaveBeenCalled();
  });
});

describe('ifExists', () => {
  test('takes only not finding for not being there', () => {
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
