import {
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { account } from './account';

describe('a declared stream that is there already', () => {
  test('is refused with every way out', async () => {
    const here = account();
    await here.create('orders');
    await expect(here.check({ orders: {} })).rejects.toMatchObject({
      code: 'STREAM_EXISTS',
      message: [
        "The stream orders, which streams.ts declares as 'orders', exists already, and is not this stack's. To take it up with its data: npx serverless deploy --stage dev --import-streams. Or, in streams.ts, set existing: true to write to it and leave it otherwise alone, or another streamName.",
        'More: docs/declared-streams.md',
      ].join('\n'),
    });
  });

  test('is not, where the stack has it, or nobody', async () => {
    const here = account();
    expect(await here.check({ orders: {} })).toEqual({ toImport: [], notices: [] });
    await here.deploy({ orders: {} });
    expect(await here.check({ orders: {}, clicks: {} })).toEqual({ toImport: [], notices: [] });
  });

  test('is found where it is to be imported', async () => {
    const here = account();
    await here.create('orders', 2);
    const { toImport } = await here.check({ orders: { shards: 3 } }, { imports: true });
    expect(toImport).toMatchObject([
      { id: 'OrdersStream', name: 'orders', summary: { OpenShardCount: 2 } },
    ]);
  });

  test.each([false, true])(
    'in another stack is told, and never imported (imports: %s)',
    async (imports) => {
      const here = account();
      await here.deploy({ orders: {} }, 'other-dev');
      await expect(here.check({ orders: {} }, { imports })).rejects.toMatchObject({
        code: 'STREAM_OWNED',
        message: expect.stringMatching(/exists already, in the stack other-dev\. Instead, /),
      });
    },
  );

  test('is told with the others that are', async () => {
    const here = account();
    await here.create('orders');
    await here.create('clicks');
    await expect(here.check({ orders: {}, clicks: {} })).rejects.toThrow(
      /^The stream orders, .*\nThe stream clicks, .*\nMore: /,
    );
  });

  test('under which another one was deployed is renamed in two deploys', async () => {
    const here = account();
    await here.create('orders');
    await here.deploy({ orders: { streamName: 'renamed' } });
    await expect(here.check({ orders: {} }, { imports: true })).rejects.toThrow(
      "deploy once without 'orders', then with it and --import-streams",
    );
  });

  test('keeps its records: an import that shortens their time is refused', async () => {
    const here = account();
    await here.create('orders');
    await here.kinesis.send(
      new IncreaseStreamRetentionPeriodCommand({ StreamName: 'orders', RetentionPeriodHours: 72 }),
    );
    const check = (retentionHours: number) =>
      here.check({ orders: { shards: 2, retentionHours } }, { imports: true });
    await expect(check(24)).rejects.toMatchObject({ code: 'STREAM_WOULD_FORGET' });
    expect((await check(72)).toImport).toHaveLength(1);
  });
});

test('a short name that the stack has for the same stream cannot change', async () => {
  const here = account();
  await here.deploy({ orders: {} });
  await expect(here.check({ sales: { streamName: 'orders' } })).rejects.toMatchObject({
    code: 'STREAM_MOVED',
    message: expect.stringContaining('OrdersStream'),
  });
});

describe('a stream that is declared as existing', () => {
  test('has to be there', async () => {
    const here = account();
    await expect(here.check({ orders: { existing: true } })).rejects.toMatchObject({
      code: 'STREAM_MISSING',
    });
    await here.create('orders');
    expect(await here.check({ orders: { existing: true } })).toEqual({ toImport: [], notices: [] });
  });

  test('may have been the stack’s, if that keeps it', async () => {
    const here = account();
    await here.deploy({ orders: {}, clicks: { onRemove: 'delete' } });
    const { notices } = await here.check({ orders: { existing: true }, clicks: {} });
    expect(notices).toEqual(['The stream orders leaves the stack, which still writes to it.']);
    await expect(here.check({ orders: {}, clicks: { existing: true } })).rejects.toMatchObject({
      code: 'STREAM_WOULD_GO',
    });
  });
});

test.each([
  [5, 4],
  [1, undefined],
  [4, undefined],
])('from 2 shards to %s: the next step is %s', async (shards, step) => {
  const here = account();
  await here.deploy({ orders: { shards: 2 } });
  const check = here.check({ orders: { shards } });
  if (step === undefined) expect((await check).notices).toEqual([]);
  else await expect(check).rejects.toThrow(`deploy it with shards: ${step} first`);
});

describe('a stream that leaves the stack', () => {
  const deletion = (name: string) =>
    `A stream costs until it is deleted: aws kinesis delete-stream --stream-name ${name} --enforce-consumer-deletion`;

  test('stays, or goes, as was declared', async () => {
    const here = account();
    await here.deploy({ orders: {}, clicks: { onRemove: 'delete' } });
    expect((await here.check({})).notices).toEqual([
      `The stream orders leaves the stack and stays, with its data. ${deletion('orders')}`,
      'The stream clicks leaves the stack and is deleted, with its data.',
    ]);
  });

  test('for one of another name stays, and makes the way back impossible', async () => {
    const here = account();
    await here.deploy({ orders: {} });
    const renamed = { orders: { streamName: 'sales' } };
    expect((await here.check(renamed)).notices).toEqual([
      `The stream orders leaves the stack (sales takes its place) and stays, with its data. ${deletion('orders')}`,
    ]);
    await expect(here.check(renamed, { goesBack: true })).rejects.toMatchObject({
      code: 'STREAM_RENAMED',
    });
  });

  test('to be deleted is not, while others read from it with consumers of their own', async () => {
    const here = account();
    await here.deploy({ orders: { onRemove: 'delete', consumers: ['own'] } });
    const { StreamDescriptionSummary: summary } = await here.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: 'orders' }),
    );
    expect((await here.check({})).notices).toHaveLength(1);
    const StreamARN = summary?.StreamARN;
    await here.kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: 'kcl' }));
    await expect(here.check({})).rejects.toThrow(
      /^The stream orders is to be deleted, but has consumers: kcl\. .*deregister-stream-consumer --consumer-arn arn:/,
    );
  });

  test('and is gone already is no obstacle', async () => {
    const here = account();
    await here.deploy({ orders: { onRemove: 'delete' } });
    await here.kinesis.send(new DeleteStreamCommand({ StreamName: 'orders' }));
    expect((await here.check({})).notices).toHaveLength(1);
  });
});

describe('a deployed stream', () => {
  const KEY = 'arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555';

  test('that is to keep records for less time says so', async () => {
    const here = account();
    await here.deploy({ orders: { retentionHours: 72 } });
    expect((await here.check({ orders: { retentionHours: 48 } })).notices).toEqual([
      'The stream orders keeps records for 48 hours instead of 72: older ones are deleted.',
    ]);
    expect((await here.check({ orders: { retentionHours: 96 } })).notices).toEqual([]);
  });

  test('gets no key that the roles of the live stage may not use', async () => {
    const here = account();
    await here.deploy({ orders: {} });
    await expect(here.check({ orders: { kmsKeyArn: KEY } })).rejects.toMatchObject({
      code: 'STREAM_KEY_TOO_EARLY',
      message: expect.stringContaining(`would be encrypted with ${KEY}, which the roles of`),
    });

    const later = account();
    await later.deploy({ orders: {} }, undefined, KEY);
    expect((await later.check({ orders: { kmsKeyArn: KEY } })).notices).toEqual([]);
  });

  test("gets the key of another stream, AWS's, or none", async () => {
    const here = account();
    await here.deploy({ orders: { kmsKeyArn: KEY }, clicks: { encryption: false } });
    await here.check({ orders: { kmsKeyArn: KEY }, clicks: { kmsKeyArn: KEY } });
    await here.check({ orders: {}, clicks: {} });
    await here.check({ orders: { encryption: false }, clicks: { encryption: false } });
    // A stream that is new has no senders yet.
    await here.check({
      orders: {},
      clicks: {},
      more: { kmsKeyArn: KEY.replace('1111-', '2222-') },
    });
  });
});
