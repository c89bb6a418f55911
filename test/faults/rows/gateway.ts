import { logicalIds } from '../../../resources/logical-ids';
import { type Damage, properties, without } from '../damage';
import type { Fault } from '../fault';

interface GatewayResponse {
  ResponseParameters: Record<string, string>;
  ResponseTemplates: Record<string, string>;
  StatusCode?: string;
}

const response = (type: string, change: (properties: GatewayResponse) => void): Damage => {
  const id = logicalIds.gatewayResponse(type);
  return (template) => change(properties<GatewayResponse>(template, id));
};

/** The gateway's own errors. */
export const gatewayFaults: readonly Fault[] = [
  {
    id: 'no-default-4xx',
    class: 'gatewayResponse',
    broken: "There is no DEFAULT_4XX: API Gateway's own words and no deployment",
    blames: { says: 'a path or method without a route is 403' },
    caughtBy: ['UnknownRoute'],
    mayFail: 'any',
    template: without(logicalIds.gatewayResponse('DEFAULT_4XX')),
  },
  {
    id: 'no-bad-request-body',
    class: 'gatewayResponse',
    broken: 'There is no BAD_REQUEST_BODY: nobody says what is wrong with a body',
    blames: 'PutRecord',
    caughtBy: ['PutRecordRefusals', 'PutRecordsRefusals', 'CreateStreamRefusals'],
    template: without(logicalIds.gatewayResponse('BAD_REQUEST_BODY')),
  },
  {
    id: 'bad-request-body-message',
    class: 'gatewayResponse',
    broken: 'BAD_REQUEST_BODY says only "Invalid request body"',
    blames: 'PutRecord',
    caughtBy: ['PutRecordRefusals', 'PutRecordsRefusals', 'CreateStreamRefusals'],
    template: response('BAD_REQUEST_BODY', ({ ResponseTemplates: templates }) => {
      templates['application/json'] =
        '{"code": "ValidationException", "message": $context.error.messageString, "requestId": "$context.requestId"}';
    }),
  },
  {
    id: 'no-bad-request-parameters',
    class: 'gatewayResponse',
    broken: 'There is no BAD_REQUEST_PARAMETERS: a code of its own for a missing parameter',
    blames: 'GetShardIterator',
    caughtBy: ['MissingShard'],
    template: without(logicalIds.gatewayResponse('BAD_REQUEST_PARAMETERS')),
  },
];
