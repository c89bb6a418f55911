import { ACCOUNT, error, streamArn, TestKinesis } from './support';

const DAY = 86_400_000;
const mode = (StreamMode: string) => ({
  StreamARN: streamArn('s'),
  StreamModeDetails: { StreamMode },
});

test('at most five streams are CREATING or DELETING at once', async () => {
  const kinesis = new TestKinesis({ enforceQuotas: true, createMs: 10, deleteMs: 10 });
  const create = (StreamName: string) =>
    kinesis.send('CreateStream', { StreamName, ShardCount: 1 });
  await create('first');
  kinesis.advance(1_000);
  await kinesis.ok('DeleteStream', { StreamName: 'first' });
  for (const name of ['a', 'b', 'c', 'd']) await create(name);

  const sixth = await create('e');
  kinesis.advance(1_000);
  const later = await create('e');

  expect(sixth).toEqual(
    error(
      'LimitExceededException',
      'This request would have exceed the limit on the number  of streams that can ' +
        `simultaneously be in CREATING or DELETING for the account ${ACCOUNT}. Limit: 5.`,
    ),
  );
  expect(later.status).toBe(200);
});

test.each([
  [
    'UpdateShardCount',
    10,
    (nth: number) => ({
      StreamName: 's',
      TargetShardCount: 2 - (nth % 2),
      ScalingType: 'UNIFORM_SCALING',
    }),
  ],
  ['UpdateStreamMode', 2, (nth: number) => mode(nth % 2 === 0 ? 'ON_DEMAND' : 'PROVISIONED')],
])('%s is limited to so many times in 24 hours: %d', async (action, limit, input) => {
  const kinesis = new TestKinesis({ enforceQuotas: true });
  await kinesis.stream('s');
  for (let nth = 0; nth < limit; nth++) {
    await kinesis.ok(action, input(nth));
    kinesis.advance(1_000);
  }

  const tooOften = await kinesis.send(action, input(limit));
  kinesis.advance(DAY);
  const nextDay = await kinesis.send(action, input(limit));

  expect(tooOften.body).toMatchObject({
    __type: 'LimitExceededException',
    message: expect.stringContaining(`the limit of ${limit} in a rolling 24-hour period`),
  });
  expect(nextDay.status).toBe(200);
});

test('quotas are not enforced by default', async () => {
  const kinesis = new TestKinesis();
  for (let nth = 0; nth < 8; nth++) {
    await kinesis.ok('CreateStream', { StreamName: `s${nth}`, ShardCount: 1 });
  }

  expect((await kinesis.ok('ListStreams', {})).StreamNames).toHaveLength(8);
});
