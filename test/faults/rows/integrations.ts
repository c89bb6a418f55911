import { logicalIds } from '../../../resources/logical-ids';
import type { Action } from '../../../resources/routes';
import { ACTIONS, method, properties } from '../damage';
import type { Fault } from '../fault';

/** An action that somebody may have meant, or copied from the row above. */
const ANOTHER: Readonly<Record<Action, string>> = {
  ListStreams: 'ListShards',
  DescribeStream: 'DescribeStreamSummary',
  CreateStream: 'DescribeStream',
  DeleteStream: 'DescribeStream',
  PutRecord: 'PutRecords',
  PutRecords: 'PutRecord',
  ListShards: 'DescribeStream',
  GetShardIterator: 'GetRecords',
  GetRecords: 'GetShardIterator',
};

const uri = (action: Action, from: string, to: string) =>
  method(action, ({ Integration }) => {
    Integration.Uri = { 'Fn::Sub': Integration.Uri['Fn::Sub'].replace(from, to) };
  });

/** Whom the methods call, and how. */
export const integrationFaults: readonly Fault[] = [
  ...ACTIONS.map(
    (action): Fault => ({
      id: `uri-of-${action}`,
      class: 'integration',
      broken: `${action}'s URI names the action ${ANOTHER[action]}`,
      blames: action,
      caughtBy: [action],
      template: uri(action, `action/${action}`, `action/${ANOTHER[action]}`),
      // Of a stream that is not deleted.
      pace: { streamMs: 50 },
    }),
  ),
  {
    id: 'uri-another-region',
    class: 'integration',
    broken: "ListShards's URI names another region",
    blames: 'ListShards',
    caughtBy: ['ListShards'],
    template: uri('ListShards', '${AWS::Region}', 'eu-west-1'),
  },
  {
    id: 'content-type-cbor',
    class: 'integration',
    broken: 'PutRecord tells Kinesis that its request is CBOR',
    blames: 'PutRecord',
    caughtBy: ['PutRecord'],
    template: method('PutRecord', ({ Integration }) => {
      const [header = ''] = Object.keys(Integration.RequestParameters);
      Integration.RequestParameters[header] = "'application/x-amz-cbor-1.1'";
    }),
  },
  ...(['PutRecord', 'DescribeStream'] as const).map(
    (action): Fault => ({
      id: `passthrough-${action}`,
      class: 'integration',
      broken: `${action} hands bodies of other content types to Kinesis as they are`,
      blames: action,
      caughtBy: [action === 'DescribeStream' ? `${action}ContentTypes` : `${action}Refusals`],
      template: method(action, ({ Integration }) => {
        Integration.PassthroughBehavior = 'WHEN_NO_MATCH';
      }),
    }),
  ),
  {
    id: 'amz-json-unknown',
    class: 'integration',
    broken: "ListStreams does not know Kinesis's content type",
    blames: 'ListStreams',
    caughtBy: ['ListStreamsContentTypes'],
    template: method('ListStreams', ({ Integration: { RequestTemplates } }) => {
      delete RequestTemplates['application/x-amz-json-1.1'];
    }),
  },
  {
    id: 'binary-bodies',
    class: 'integration',
    broken: 'Every body counts as binary (binaryMediaTypes */*)',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    template(template) {
      properties(template, logicalIds.restApi).BinaryMediaTypes = ['*/*'];
    },
  },
];
