import { at, describeTypes, emptyName, error, invalid, streamArn, TestKinesis } from '../support';

async function withStreams(...names: readonly string[]): Promise<TestKinesis> {
  const kinesis = new TestKinesis();
  for (const name of names) await kinesis.stream(name);
  return kinesis;
}

describe('ListStreams', () => {
  describeTypes('ListStreams', {
    Limit: 'Integer',
    ExclusiveStartStreamName: 'String',
    NextToken: 'String',
  });

  describe('validation', () => {
    test.each([
      [
        'an empty page and an empty start',
        { Limit: 0, ExclusiveStartStreamName: '' },
        invalid(
          at('limit', "'0'", 'Member must have value greater than or equal to 1'),
          ...emptyName('exclusiveStartStreamName'),
        ),
      ],
      [
        'an invalid token',
        { NextToken: 'b3JkZXJz' },
        error('InvalidArgumentException', 'NextToken is invalid.'),
      ],
      [
        'a token and a start',
        { NextToken: 'x', ExclusiveStartStreamName: 'a' },
        error(
          'InvalidArgumentException',
          'NextToken and ExclusiveStartStreamName cannot be provided together.',
        ),
      ],
    ])('refuses %s', async (_what, input, expected) => {
      expect(await new TestKinesis().send('ListStreams', input)).toEqual(expected);
    });
  });

  describe('functionality', () => {
    test('returns an empty list without streams', async () => {
      expect(await new TestKinesis().ok('ListStreams', {})).toEqual({
        StreamNames: [],
        HasMoreStreams: false,
        StreamSummaries: [],
      });
    });

    test('lists by name, each with a summary', async () => {
      const kinesis = new TestKinesis();
      await kinesis.ok('CreateStream', { StreamName: 'b', ShardCount: 1 });
      const created = Math.floor(kinesis.now / 1000);
      await kinesis.ok('CreateStream', { StreamName: 'a' });

      expect(await kinesis.ok('ListStreams', {})).toEqual({
        StreamNames: ['a', 'b'],
        HasMoreStreams: false,
        StreamSummaries: [
          {
            StreamName: 'a',
            StreamARN: streamArn('a'),
            StreamStatus: 'CREATING',
            StreamModeDetails: { StreamMode: 'ON_DEMAND' },
            StreamCreationTimestamp: created,
          },
          {
            StreamName: 'b',
            StreamARN: streamArn('b'),
            StreamStatus: 'CREATING',
            StreamModeDetails: { StreamMode: 'PROVISIONED' },
            StreamCreationTimestamp: created,
          },
        ],
      });
    });

    test('tells each stream as it is now', async () => {
      const kinesis = await withStreams('a', 'b');
      const summaries = async () => {
        const { StreamSummaries } = await kinesis.ok('ListStreams', {});
        return StreamSummaries.map(
          ({ StreamName, StreamStatus, StreamModeDetails }) =>
            `${StreamName} ${StreamStatus} ${StreamModeDetails.StreamMode}`,
        );
      };
      const onDemand = {
        StreamARN: streamArn('b'),
        StreamModeDetails: { StreamMode: 'ON_DEMAND' },
      };
      const seen = [await summaries()];

      await kinesis.ok('UpdateStreamMode', onDemand);
      seen.push(await summaries());
      kinesis.advance(1_000);
      await kinesis.ok('DeleteStream', { StreamName: 'a' });
      seen.push(await summaries());
      kinesis.advance(1_000);
      seen.push(await summaries());
      await kinesis.ok('CreateStream', { StreamName: 'a' });
      seen.push(await summaries());

      expect(seen).toEqual([
        ['a ACTIVE PROVISIONED', 'b ACTIVE PROVISIONED'],
        ['a ACTIVE PROVISIONED', 'b UPDATING PROVISIONED'],
        ['a DELETING PROVISIONED', 'b ACTIVE ON_DEMAND'],
        ['b ACTIVE ON_DEMAND'],
        ['a CREATING ON_DEMAND', 'b ACTIVE ON_DEMAND'],
      ]);
    });

    test('passes over streams that are gone, and counts only those that are not', async () => {
      const kinesis = await withStreams('a', 'b', 'c', 'd');
      for (const StreamName of ['a', 'b', 'd']) await kinesis.ok('DeleteStream', { StreamName });
      kinesis.advance(1_000);

      const { StreamNames, HasMoreStreams } = await kinesis.ok('ListStreams', { Limit: 1 });

      expect([StreamNames, HasMoreStreams]).toEqual([['c'], false]);
    });

    test('continues after a name', async () => {
      const kinesis = await withStreams('a', 'b', 'c');

      const page = await kinesis.ok('ListStreams', { ExclusiveStartStreamName: 'a', Limit: 1 });

      expect(page.StreamNames).toEqual(['b']);
      expect(page.HasMoreStreams).toBe(true);
    });

    test('continues with tokens until there are none left', async () => {
      const kinesis = await withStreams('a', 'b', 'c');

      const first = await kinesis.ok('ListStreams', { Limit: 2 });
      const second = await kinesis.ok('ListStreams', { Limit: 2, NextToken: first.NextToken });

      expect([first.StreamNames, second.StreamNames]).toEqual([['a', 'b'], ['c']]);
      expect(second).not.toHaveProperty('NextToken');
    });

    test('refuses a token that is five minutes old', async () => {
      const kinesis = await withStreams('a', 'b');
      const { NextToken } = await kinesis.ok('ListStreams', { Limit: 1 });

      kinesis.advance(300_001);

      const answer = await kinesis.send('ListStreams', { NextToken });
      expect(answer.body.__type).toBe('ExpiredNextTokenException');
    });

    test('returns at most 100', async () => {
      const names = Array.from({ length: 101 }, (_, index) => `s${1000 + index}`);
      const kinesis = await withStreams(...names);

      const { StreamNames, HasMoreStreams } = await kinesis.ok('ListStreams', { Limit: 10_000 });

      expect(StreamNames).toEqual(names.slice(0, 100));
      expect(HasMoreStreams).toBe(true);
    });
  });
});
