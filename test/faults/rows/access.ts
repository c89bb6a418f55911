import type { CheckName } from '../../../hooks/verify/checks';
import { logicalIds } from '../../../resources/logical-ids';
import { ACTIONS, method, properties, without } from '../damage';
import type { Fault } from '../fault';

/** Who may call. */
export const accessFaults: readonly Fault[] = [
  ...ACTIONS.map(
    (action): Fault => ({
      id: `open-${action}`,
      class: 'access',
      broken: `${action} asks for no signature where the stage does`,
      blames: action,
      caughtBy: [`${action}Closed` as CheckName],
      parameters: { authorization: 'AWS_IAM' },
      template: method(action, (properties) => {
        properties.AuthorizationType = 'NONE';
      }),
    }),
  ),
  ...(['PutRecord'] as const).map(
    (action): Fault => ({
      id: `without-key-${action}`,
      class: 'access',
      broken: `${action} asks for no key where the stage does`,
      blames: action,
      caughtBy: [`${action}Closed` as CheckName],
      parameters: { authorization: 'API_KEY' },
      template: method(action, (properties) => {
        properties.ApiKeyRequired = false;
      }),
    }),
  ),
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
    id: 'key-without-plan',
    class: 'access',
    broken: 'The key is in no usage plan, so it opens nothing',
    blames: 'CreateStream',
    caughtBy: ['CreateStream'],
    mayFail: 'any',
    parameters: { authorization: 'API_KEY' },
    template: without(logicalIds.usagePlanKey),
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
  {
    id: 'quota-one',
    class: 'access',
    broken: 'The usage plan is good for ten requests a day',
    blames: { says: '429' },
    caughtBy: ['Steady'],
    mayFail: 'any',
    parameters: { authorization: 'API_KEY', quotaPerDay: '10' },
    template: () => {},
  },
];
