import type { CheckName } from '../../../hooks/verify/checks';
import { DEPLOYMENT_HEADER } from '../../../resources/deployment-header';
import type { EndpointId } from '../../../resources/endpoints';
import { answers, ENDPOINT_IDS, inAnswer, method } from '../damage';
import type { Fault } from '../fault';
import { limitedKinesis } from '../limited-kinesis';

const HEADER = `method.response.header.${DEPLOYMENT_HEADER}`;

/** Which checks ask something of a route that Kinesis refuses. */
const REFUSED = {
  DeleteStream: ['DeleteStreamHostile', 'DeleteStreamGone'],
  PutRecord: ['PutRecordHostile', 'PutRecordGone'],
} as const satisfies Partial<Record<EndpointId, readonly CheckName[]>>;

const everywhere = {
  class: 'answer',
  blames: 'DescribeStream',
  caughtBy: ['DescribeStreamGone'],
  mayFail: 'any',
} as const;

/** Faults of Kinesis's answers on their way to the client. */
export const answerFaults: readonly Fault[] = [
  ...(['DeleteStream', 'PutRecord'] as const).map(
    (endpoint): Fault => ({
      id: `errors-as-200-${endpoint}`,
      class: 'answer',
      broken: `${endpoint} answers Kinesis's errors with 200`,
      blames: endpoint,
      caughtBy: REFUSED[endpoint],
      template: method(endpoint, ({ Integration }) => {
        Integration.IntegrationResponses = Integration.IntegrationResponses.filter(
          ({ StatusCode }) => StatusCode === '200',
        );
        for (const response of Integration.IntegrationResponses) delete response.SelectionPattern;
      }),
    }),
  ),
  ...ENDPOINT_IDS.map(
    (endpoint): Fault => ({
      id: `no-deployment-header-${endpoint}`,
      class: 'answer',
      broken: `${endpoint} does not say which deployment answered`,
      blames: endpoint,
      caughtBy: [endpoint],
      template: answers(
        endpoint,
        ({ ResponseParameters = {} }) => {
          delete ResponseParameters[HEADER];
        },
        '200',
      ),
    }),
  ),
  {
    ...everywhere,
    id: 'no-deployment-header-errors',
    broken: 'Errors do not say which deployment answered',
    template: answers(
      ENDPOINT_IDS,
      ({ ResponseParameters = {} }) => {
        delete ResponseParameters[HEADER];
      },
      '400',
    ),
  },
  {
    ...everywhere,
    id: 'errors-opaque',
    broken: 'There is no answer for errors: the gateway says 500',
    template: method(ENDPOINT_IDS, ({ Integration }) => {
      Integration.IntegrationResponses = Integration.IntegrationResponses.filter(
        ({ StatusCode }) => StatusCode === '200',
      );
    }),
  },
  {
    ...everywhere,
    id: 'errors-all-400',
    broken: 'The table of statuses is not asked: every error is 400',
    template: inAnswer(ENDPOINT_IDS, '400', "#if($statuses.get($code) != '')", '#if(false)'),
  },
  {
    ...everywhere,
    id: 'errors-without-message',
    broken: "An error's message is empty",
    template: inAnswer(ENDPOINT_IDS, '400', '"message": $message', '"message": ""'),
  },
  {
    ...everywhere,
    id: 'errors-message-constant',
    broken: "An error's message is always the same",
    template: inAnswer(ENDPOINT_IDS, '400', '"message": $message', '"message": "An error"'),
  },
  {
    ...everywhere,
    id: 'errors-message-other-member',
    broken: "An error's message is the code once more",
    template: inAnswer(ENDPOINT_IDS, '400', '"message": $message', '"message": "$code"'),
  },
  {
    ...everywhere,
    id: 'errors-request-id-constant',
    broken: "An error's requestId is always the same",
    template: inAnswer(ENDPOINT_IDS, '400', '"$context.requestId"', '"00000000"'),
  },
  {
    ...everywhere,
    id: 'errors-request-id',
    broken: "An error's requestId is not the one of its header",
    template: inAnswer(ENDPOINT_IDS, '400', '$context.requestId', '$context.extendedRequestId'),
  },
  ...(['CreateStream', 'DeleteStream'] as const).map(
    (endpoint): Fault => ({
      id: `no-empty-answer-${endpoint}`,
      class: 'answer',
      broken: `${endpoint} answers with no body at all, which is no JSON`,
      blames: endpoint,
      caughtBy: [endpoint],
      template: answers(
        endpoint,
        (response) => {
          delete response.ResponseTemplates;
        },
        '200',
      ),
    }),
  ),
  {
    id: 'empty-answer-PutRecord',
    class: 'answer',
    broken: 'PutRecord answers {} where it should say where the record is',
    blames: 'PutRecord',
    caughtBy: ['PutRecord'],
    template: answers(
      'PutRecord',
      (response) => {
        response.ResponseTemplates = { 'application/json': '{}' };
      },
      '200',
    ),
  },
  {
    id: 'answer-as-text',
    class: 'answer',
    broken: 'DescribeStream says that its JSON is text/html',
    blames: 'DescribeStream',
    caughtBy: ['DescribeStream'],
    template: method('DescribeStream', ({ Integration, MethodResponses }) => {
      const header = 'method.response.header.Content-Type';
      for (const { ResponseParameters } of MethodResponses) ResponseParameters[header] = false;
      for (const { ResponseParameters = {} } of Integration.IntegrationResponses) {
        ResponseParameters[header] = "'text/html'";
      }
    }),
  },
  {
    id: 'no-207',
    class: 'answer',
    broken: 'A batch of which Kinesis refused records is 200 and not 207',
    blames: 'PutRecords',
    caughtBy: ['PartialBatch'],
    template: inAnswer('PutRecords', '200', '> 0', '> 999'),
    kinesis: limitedKinesis,
  },
];
