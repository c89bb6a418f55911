import type { CheckName } from '../../../hooks/verify/checks';
import { stageDoorOf } from '../../../resources/authorization/doors';
import { type EndpointId, endpointOf } from '../../../resources/endpoints';
import { logicalIds } from '../../../resources/logical-ids';
import { ENDPOINT_IDS, method, properties } from '../damage';
import type { Fault } from '../fault';

const nonsenseAt = (endpoint: EndpointId): CheckName =>
  `access/${stageDoorOf(endpointOf(endpoint))}/Nonsense`;

/** Faults of authorization. */
export const accessFaults: readonly Fault[] = [
  ...ENDPOINT_IDS.map(
    (endpoint): Fault => ({
      id: `open-${endpoint}`,
      class: 'access',
      broken: `${endpoint} asks for no signature where the stage does`,
      blames: endpoint,
      caughtBy: [`${endpoint}Closed` as CheckName, nonsenseAt(endpoint)],
      parameters: { authorization: 'AWS_IAM' },
      template: method(endpoint, (properties) => {
        properties.AuthorizationType = 'NONE';
      }),
    }),
  ),
  {
    id: 'without-key-PutRecord',
    class: 'access',
    broken: 'PutRecord asks for no key where the stage does',
    blames: 'PutRecord',
    caughtBy: ['PutRecordClosed', 'access/write/Nonsense', 'access/write/Keys'],
    parameters: { authorization: 'API_KEY' },
    template: method('PutRecord', (properties) => {
      properties.ApiKeyRequired = false;
    }),
  },
  {
    id: 'closed-PutRecords',
    class: 'access',
    broken: 'PutRecords asks for a signature where the stage is open',
    blames: 'PutRecords',
    caughtBy: ['PutRecords'],
    template: method('PutRecords', (properties) => {
      properties.AuthorizationType = 'AWS_IAM';
    }),
  },
  {
    id: 'plan-without-stage',
    class: 'access',
    broken: 'The usage plan is for no stage',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    parameters: { authorization: 'API_KEY' },
    template: (template) => {
      properties(template, logicalIds.usagePlan).ApiStages = [];
    },
  },
  {
    id: 'policy-denies',
    class: 'access',
    broken: 'A resource policy lets nobody in',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    template: (template) => {
      properties(template, logicalIds.restApi).Policy = {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'execute-api:Invoke',
            Resource: 'execute-api:/*',
          },
        ],
      };
    },
  },
];
