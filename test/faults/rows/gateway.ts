import { logicalIds } from '../../../resources/logical-ids';
import { without } from '../damage';
import type { Fault } from '../fault';

/** The gateway's own errors. */
export const gatewayFaults: readonly Fault[] = [
  {
    id: 'no-default-4xx',
    class: 'gatewayResponse',
    broken: "There is no DEFAULT_4XX: API Gateway's own words and no deployment",
    blames: { says: 'Unknown paths and methods are rejected (403)' },
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
    id: 'no-bad-request-parameters',
    class: 'gatewayResponse',
    broken: 'There is no BAD_REQUEST_PARAMETERS: a code of its own for a missing parameter',
    blames: 'GetShardIterator',
    caughtBy: ['MissingShard'],
    template: without(logicalIds.gatewayResponse('BAD_REQUEST_PARAMETERS')),
  },
];
