import { createLogs, logsResourceHandlers } from '../../src/logs';
import { testCaller } from '../support/aws-request';
import { handlerFor, resourceContext } from '../support/resource-context';

function setUp() {
  const logs = createLogs();
  return {
    groups: logs.store(testCaller).groups,
    handler: handlerFor(logsResourceHandlers(logs), 'AWS::Logs::LogGroup'),
  };
}

describe('AWS::Logs::LogGroup', () => {
  test('is made with its retention, and Arn ends in :*', async () => {
    const { groups, handler } = setUp();

    const state = await handler.create(resourceContext(), {
      LogGroupName: '/api/access',
      RetentionInDays: 7,
      Tags: [{ Key: 'a', Value: 'b' }],
    });

    expect(state).toEqual({
      physicalId: '/api/access',
      attributes: { Arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/api/access:*' },
    });
    expect(groups.get('/api/access')?.retentionInDays).toBe(7);
  });

  test('keeps its events when it is updated', async () => {
    const { groups, handler } = setUp();
    const { physicalId } = await handler.create(resourceContext(), { RetentionInDays: 7 });
    const group = groups.get(physicalId);
    group?.append(group.createStream('s'), Date.now(), 'line');

    await handler.update(resourceContext(), physicalId, {}, { RetentionInDays: 7 });

    expect(physicalId).toMatch(/^shop-Thing-[0-9A-Z]{12}$/);
    expect(group?.retentionInDays).toBeUndefined();
    expect(group?.stream('s').events).toHaveLength(1);
  });

  test('is deleted, and once gone is not missed', async () => {
    const { groups, handler } = setUp();
    const { physicalId } = await handler.create(resourceContext(), {});

    await handler.delete(resourceContext(), physicalId, {});
    await handler.delete(resourceContext(), physicalId, {});

    expect(groups.size).toBe(0);
  });

  test.each([
    [{ KmsKeyId: 'k' }, 'KmsKeyId'],
    [{ DataProtectionPolicy: {} }, 'DataProtectionPolicy'],
    [{ LogGroupClass: 'INFREQUENT_ACCESS' }, 'LogGroupClass INFREQUENT_ACCESS'],
    [{ RetentionInDays: 8 }, "Value '8' at 'retentionInDays'"],
  ])('%j is refused by name, and leaves nothing', (properties, message) => {
    const { groups, handler } = setUp();

    expect(() => handler.create(resourceContext(), properties)).toThrow(message);
    expect(groups.size).toBe(0);
  });
});
