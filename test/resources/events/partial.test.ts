import { deployEvents } from '../../support/event-stage';

// Batches of which Kinesis stores a part, because a shard takes no more than 1 MiB a second.

test.each([
  ['an answer', 'json', 200],
  ['an empty one', 'empty', 204],
] as const)('a batch is never all well where a record failed, with %s', async (_, answer, well) => {
  const events = await deployEvents({ orders: { answer } }, undefined, { enforceThroughput: true });
  const send = (elements: readonly string[]) =>
    events.send('orders/batch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(elements),
    });
  expect((await send(['a'])).status).toBe(well);

  const partly = await send(['0', '1', '2'].map((digit) => digit.repeat(700_000)));

  const { FailedRecordCount, Records } = (await partly.json()) as {
    FailedRecordCount: number;
    Records: { ErrorCode?: string }[];
  };
  expect(partly.status).toBe(207);
  expect(FailedRecordCount).toBeGreaterThan(0);
  expect(partly.headers.get('failedrecords')).toBe(String(FailedRecordCount));
  expect(Records.map(({ ErrorCode }) => ErrorCode !== undefined)).toHaveLength(3);
  expect(Records.filter(({ ErrorCode }) => ErrorCode !== undefined)).toHaveLength(
    FailedRecordCount,
  );
  expect(await events.stored('orders')).toHaveLength(1 + 3 - FailedRecordCount);
});
