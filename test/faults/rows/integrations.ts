import { type EndpointId, endpointOf } from '../../../resources/endpoints';
import { logicalIds } from '../../../resources/logical-ids';
import { ENDPOINT_IDS, method, properties } from '../damage';
import type { Fault } from '../fault';

/** An action that was meant, or copied from the endpoint above. */
const ANOTHER: Partial<Readonly<Record<EndpointId, string>>> = {
  ListStreams: 'ListShards',
  CreateStream: 'DescribeStream',
  DeleteStream: 'DescribeStream',
  PutRecord: 'PutRecords',
  PutRecords: 'PutRecord',
  ListShards: 'DescribeStream',
  GetShardIterator: 'GetRecords',
  GetRecords: 'GetShardIterator',
};

/** Of other endpoints it is one that the role does not grant. */
const anotherThan = (id: EndpointId) => ANOTHER[id] ?? 'DescribeStreamSummary';

const uri = (id: EndpointId, from: string, to: string) =>
  method(id, ({ Integration }) => {
    Integration.Uri = { 'Fn::Sub': Integration.Uri['Fn::Sub'].replace(from, to) };
  });

/** Faults of the methods' integrations. */
export const integrationFaults: readonly Fault[] = [
  ...ENDPOINT_IDS.map(
    (endpoint): Fault => ({
      id: `uri-of-${endpoint}`,
      class: 'integration',
      broken: `${endpoint}'s URI names the action ${anotherThan(endpoint)}`,
      blames: endpoint,
      caughtBy: [endpoint],
      template: uri(
        endpoint,
        `action/${endpointOf(endpoint).action}`,
        `action/${anotherThan(endpoint)}`,
      ),
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
    (endpoint): Fault => ({
      id: `passthrough-${endpoint}`,
      class: 'integration',
      broken: `${endpoint} hands bodies of other content types to Kinesis as they are`,
      blames: endpoint,
      caughtBy: [endpoint === 'DescribeStream' ? `${endpoint}ContentTypes` : `${endpoint}Refusals`],
      template: method(endpoint, ({ Integration }) => {
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
