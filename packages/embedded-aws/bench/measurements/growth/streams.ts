import { compare } from 'dev-kit/bench/client/compare';
import { kinesisRequest } from 'dev-kit/bench/client/requests';
import { number } from 'dev-kit/bench/report/table';
import { KinesisClient } from '../../servers/kinesis-client';
import { callRow, type Found, ratio, type Site, timed, timeRow } from './kit';

const STREAMS = 1_000;

/** Two accounts: a slow moment, and code that is not yet compiled, must hit both alike. */
const ACCOUNTS = { few: '111111111111', many: '222222222222' };

/** The cost of Kinesis's calls beside many streams. */
export async function byStreams({ pace, aws }: Site): Promise<Found> {
  const count = pace.quick ? 50 : STREAMS;
  const clients = {
    few: await KinesisClient.open(aws.port, ACCOUNTS.few),
    many: await KinesisClient.open(aws.port, ACCOUNTS.many),
  };
  const createMs: number[] = [];
  await clients.few.createStream('stream-1', 1);
  for (let stream = 1; stream <= count; stream += 1) {
    if (stream % 100 === 0) pace.progress(`${stream} streams`);
    const input = { StreamName: `stream-${stream}`, ShardCount: 1 };
    createMs.push(await timed(() => clients.many.call('CreateStream', input)));
  }
  await clients.many.active('stream-1');
  const calls = {
    PutRecord: { StreamName: 'stream-1', Data: 'ZGF0YQ==', PartitionKey: 'key' },
    DescribeStreamSummary: { StreamName: 'stream-1' },
    ListStreams: {},
  } as const;
  const rows: string[][] = [];
  const figures: Record<string, number> = {};
  for (const [action, input] of Object.entries(calls)) {
    pace.progress(`${action} with ${count} streams`);
    const subject = (account: string) => ({
      server: aws,
      requests: [kinesisRequest(aws.port, action, input, account)],
    });
    const called = await compare(pace, 8, {
      few: subject(ACCOUNTS.few),
      many: subject(ACCOUNTS.many),
    });
    rows.push(callRow(action === 'ListStreams' ? 'ListStreams, its first page' : action, called));
    figures[`growth.streams.${action}`] = ratio(called);
  }
  for (const client of Object.values(clients)) client.close();
  return {
    table: {
      header: ['', '1 stream', `${number(count)} streams`, 'grew to'],
      rows: [...rows, timeRow('CreateStream', createMs.slice(0, 20), createMs.slice(-20))],
    },
    figures,
  };
}
