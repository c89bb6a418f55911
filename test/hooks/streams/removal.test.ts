import { DeleteStackCommand, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { ListStreamsCommand, RegisterStreamConsumerCommand } from '@aws-sdk/client-kinesis';
import { summaryOf } from '../../../hooks/streams/look';
import { leftStreams, releaseConsumers } from '../../../hooks/streams/removal';
import { account, STACK } from './account';

beforeAll(() => {
  process.env.SLS_AWS_MONITORING_FREQUENCY = '10';
});
afterAll(() => {
  delete process.env.SLS_AWS_MONITORING_FREQUENCY;
});

test('consumers do not keep a stack from being removed, and what it leaves is named', async () => {
  const here = account();
  await here.deploy({
    orders: { consumers: ['own'] },
    clicks: { onRemove: 'delete', consumers: ['own'] },
  });
  for (const name of ['orders', 'clicks']) {
    const { StreamARN } = (await summaryOf(here.kinesis, name)) ?? {};
    await here.kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'kcl' }));
  }
  const stack = await here.stack();
  if (stack === undefined) throw new Error('There is no stack.');

  const lines = await releaseConsumers(here.kinesis, stack);
  await here.cloudFormation.send(new DeleteStackCommand({ StackName: STACK }));
  const poll = { client: here.cloudFormation, maxWaitTime: 20, minDelay: 0.01, maxDelay: 0.01 };
  await waitUntilStackDeleteComplete(poll, { StackName: STACK });

  expect(lines).toEqual(['Deregistered the consumers of clicks, which is deleted: kcl']);
  expect((await here.kinesis.send(new ListStreamsCommand({}))).StreamNames).toEqual(['orders']);
  expect(await leftStreams(here.kinesis, stack)).toEqual(['orders']);
  expect(await summaryOf(here.kinesis, 'orders')).toMatchObject({ ConsumerCount: 1 });
});
