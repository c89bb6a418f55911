import { DEPLOYMENT_HEADER } from '../../../resources/deployment-header';
import type { Fault } from '../fault';
import type { Stage, Transport } from '../stage';

/** Changes answers on their way. */
const changed =
  (change: (answer: Response, request: Request) => Promise<Response> | Response) =>
  ({ transport }: Stage): Transport =>
  async (request) =>
    change(await transport(request.clone()), request);

const dropped = (...names: readonly string[]) =>
  changed((answer) => {
    for (const name of names) answer.headers.delete(name);
    return answer;
  });

/** Answers every GET as it answered the first of its kind. */
function cached({ transport }: Stage): Transport {
  const answers = new Map<string, Response>();
  return async (request) => {
    if (request.method !== 'GET') return transport(request);
    const known = answers.get(request.url);
    if (known !== undefined) return known.clone();
    const answer = await transport(request);
    if (answer.ok) answers.set(request.url, answer.clone());
    return answer;
  };
}

const everything = { class: 'network', mayFail: 'any' } as const;

/** A proxy, a cache, an edge. */
export const networkFaults: readonly Fault[] = [
  {
    id: 'network-cache',
    class: 'network',
    broken: "The stage's cache, or one before it, answers GETs",
    blames: 'DescribeStream',
    caughtBy: ['Reread', 'DescribeStreamGone', 'ListShardsGone', 'ListStreamsGone'],
    mayFail: 'any',
    network: cached,
  },
  {
    ...everything,
    id: 'network-older-deployment',
    broken: 'An older deployment answers',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    network: changed((answer) => {
      answer.headers.set(DEPLOYMENT_HEADER, 'older1');
      return answer;
    }),
  },
  {
    ...everything,
    id: 'network-no-request-id',
    broken: 'A proxy takes x-amzn-RequestId away',
    blames: 'DescribeStream',
    caughtBy: ['DescribeStreamGone'],
    network: dropped('x-amzn-requestid'),
  },
  {
    ...everything,
    id: 'network-query-lost',
    broken: 'A proxy takes the query away',
    blames: 'GetShardIterator',
    caughtBy: ['GetShardIterator'],
    network:
      ({ transport }) =>
      (request) =>
        transport(new Request(request.url.replace(/\?.*/, ''), request)),
  },
  {
    id: 'network-header-lost',
    class: 'network',
    broken: 'A proxy takes Shard-Iterator away',
    blames: 'GetRecords',
    caughtBy: ['GetRecords'],
    network:
      ({ transport }) =>
      (request) => {
        const headers = new Headers(request.headers);
        headers.delete('shard-iterator');
        return transport(new Request(request, { headers }));
      },
  },
  {
    id: 'network-charset',
    class: 'network',
    broken: 'A proxy takes UTF-8 for Latin-1',
    blames: 'PutRecord',
    caughtBy: ['Single', 'Batch'],
    mayFail: 'any',
    network:
      ({ transport }) =>
      async (request) => {
        if (request.body === null) return transport(request);
        const body = Buffer.from(
          Buffer.from(await request.clone().arrayBuffer()).toString('latin1'),
        );
        return transport(new Request(request, { body }));
      },
  },
];
