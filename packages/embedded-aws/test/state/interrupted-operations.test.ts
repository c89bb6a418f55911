import { folders, PersistedAws, stackStatus } from './support';

const folder = folders();

describe('a stack whose operation was interrupted', () => {
  const template = (ShardCount: number) => ({
    StackName: 'st',
    TemplateBody: JSON.stringify({
      Resources: {
        Topic: { Type: 'AWS::SNS::Topic' },
        Stream: { Type: 'AWS::Kinesis::Stream', DependsOn: 'Topic', Properties: { ShardCount } },
      },
    }),
  });
  let clock = Date.now();
  const now = () => clock;
  /** The operation does not end until the clock is moved. */
  const slow = { now, createMs: 60_000, updateMs: 60_000, deleteMs: 60_000 };

  // Lets pending operations in the killed processes finish.
  afterAll(() => {
    clock += 3_600_000;
  });

  async function streamIsUnderWay(kept: PersistedAws): Promise<void> {
    const input = { StackName: 'st' };
    const underWay = /<member>(?:(?!<\/member>).)*>Stream<(?:(?!<\/member>).)*_IN_PROGRESS</s;
    for (let isUnderWay = false; !isUnderWay; await new Promise(setImmediate)) {
      const resources = await kept.query('cloudformation', 'DescribeStackResources', input);
      isUnderWay = underWay.test(resources);
    }
  }

  async function stackGone(kept: PersistedAws): Promise<void> {
    for (let there = true; there; await new Promise(setImmediate)) {
      const all = await kept.query('cloudformation', 'ListStacks', {});
      if (all.includes('DELETE_FAILED')) throw new Error(all);
      there = !all.includes('DELETE_COMPLETE');
    }
  }

  async function interrupted(action: string, status: string): Promise<string> {
    const directory = folder();
    const kept = await PersistedAws.start(directory, action === 'CreateStack' ? slow : { now });
    await kept.query('cloudformation', 'CreateStack', template(1));
    if (action === 'CreateStack') await streamIsUnderWay(kept);
    else await stackStatus(kept, 'st', 'CREATE_COMPLETE');
    kept.kill();
    const busy = await PersistedAws.start(directory, slow);
    const input = action === 'DeleteStack' ? { StackName: 'st' } : template(2);
    if (action !== 'CreateStack') await busy.query('cloudformation', action, input);
    if (action !== 'CreateStack') await stackStatus(busy, 'st', status);
    if (action !== 'CreateStack') await streamIsUnderWay(busy);
    busy.kill();
    // Pending operations finish only in the memory of those processes.
    clock += 120_000;
    return directory;
  }

  test.each([
    ['CreateStack', 'CREATE_IN_PROGRESS', 'CREATE_FAILED'],
    ['UpdateStack', 'UPDATE_IN_PROGRESS', 'UPDATE_FAILED'],
    ['DeleteStack', 'DELETE_IN_PROGRESS', 'DELETE_FAILED'],
  ])('%s comes to rest, says why, and can be deleted', async (action, during, after) => {
    const directory = await interrupted(action, during);

    const kept = await PersistedAws.start(directory, { now });

    const answer = await stackStatus(kept, 'st', after);
    expect(answer).toContain(`The embedded AWS stopped during ${during}.`);
    await kept.query('cloudformation', 'DeleteStack', { StackName: 'st' });
    await stackGone(kept);
    expect(await kept.kinesis('ListStreams', {})).toMatchObject({ StreamNames: [] });
    kept.kill();
  });

  test('a consumer that was being made goes with its stack, too', async () => {
    const directory = folder();
    const kept = await PersistedAws.start(directory, slow);
    await kept.kinesis('CreateStream', { StreamName: 's', ShardCount: 1 });
    clock += 120_000;
    const StreamARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
    const Properties = { StreamARN, ConsumerName: 'c' };
    await kept.query('cloudformation', 'CreateStack', {
      StackName: 'st',
      TemplateBody: JSON.stringify({
        Resources: { Stream: { Type: 'AWS::Kinesis::StreamConsumer', Properties } },
      }),
    });
    await streamIsUnderWay(kept);
    kept.kill();
    const again = await PersistedAws.start(directory, { now });
    const consumers = () => again.kinesis('ListStreamConsumers', { StreamARN });
    expect(await consumers()).toMatchObject({ Consumers: [{ ConsumerName: 'c' }] });

    await again.query('cloudformation', 'DeleteStack', { StackName: 'st' });
    await stackGone(again);

    expect(await consumers()).toMatchObject({ Consumers: [] });
    again.kill();
  });

  test('an interrupted creation is rolled back when that is asked for', async () => {
    const directory = await interrupted('CreateStack', 'CREATE_IN_PROGRESS');
    const kept = await PersistedAws.start(directory, { now });

    await kept.query('cloudformation', 'RollbackStack', { StackName: 'st' });

    await stackStatus(kept, 'st', 'ROLLBACK_COMPLETE');
    expect(await kept.kinesis('ListStreams', {})).toMatchObject({ StreamNames: [] });
    kept.kill();
  });

  test('an interrupted creation is done by an update', async () => {
    const directory = await interrupted('CreateStack', 'CREATE_IN_PROGRESS');
    const kept = await PersistedAws.start(directory, { now });

    await kept.query('cloudformation', 'UpdateStack', template(3));

    await stackStatus(kept, 'st', 'UPDATE_COMPLETE');
    const { StreamNames } = await kept.kinesis('ListStreams', {});
    expect(StreamNames).toHaveLength(1);
    const { StreamDescriptionSummary } = await kept.kinesis('DescribeStreamSummary', {
      StreamName: StreamNames[0],
    });
    expect(StreamDescriptionSummary).toMatchObject({ StreamStatus: 'ACTIVE', OpenShardCount: 3 });
    kept.kill();
  });

  test('what an update that was interrupted has left is not rolled back by guessing', async () => {
    const directory = await interrupted('UpdateStack', 'UPDATE_IN_PROGRESS');
    const kept = await PersistedAws.start(directory, { now });

    const rollback = kept.query('cloudformation', 'RollbackStack', { StackName: 'st' });

    await expect(rollback).rejects.toThrow('Update the stack again, or delete it.');
    kept.kill();
  });

  test('an interrupted update is done by the next one', async () => {
    const directory = await interrupted('UpdateStack', 'UPDATE_IN_PROGRESS');
    const kept = await PersistedAws.start(directory, { now, updateMs: 0 });

    await kept.query('cloudformation', 'UpdateStack', template(2));

    await stackStatus(kept, 'st', 'UPDATE_COMPLETE');
    kept.kill();
  });
});
