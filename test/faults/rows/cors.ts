import { logicalIds } from '../../../resources/logical-ids';
import { answers, type Damage, ENDPOINT_IDS, inAnswer, properties, without } from '../damage';
import type { Fault } from '../fault';

const ONE = { corsOrigins: 'https://app.example.com' };
const SEVERAL = { corsOrigins: 'https://app.example.com,https://admin.example.com' };
const ALLOW_ORIGIN = 'method.response.header.Access-Control-Allow-Origin';

interface Preflight {
  Integration: {
    IntegrationResponses: {
      ResponseParameters: Record<string, string>;
      ResponseTemplates?: Record<string, string>;
    }[];
  };
}

/** Changes the headers of a path's preflight. */
const preflight =
  (path: string, change: (headers: Record<string, string>) => void): Damage =>
  (template) => {
    const { Integration } = properties<Preflight>(template, logicalIds.preflight(path));
    for (const { ResponseParameters } of Integration.IntegrationResponses) {
      change(ResponseParameters);
    }
  };

/** Faults of CORS. */
export const corsFaults: readonly Fault[] = [
  {
    id: 'cors-header-PutRecord',
    class: 'cors',
    broken: "PutRecord's answers name no origin",
    blames: 'PutRecord',
    caughtBy: ['PutRecord'],
    parameters: ONE,
    template: answers('PutRecord', ({ ResponseParameters = {} }) => {
      delete ResponseParameters[ALLOW_ORIGIN];
    }),
  },
  {
    id: 'cors-errors',
    class: 'cors',
    broken: "The gateway's own errors name no origin, so pages cannot read them",
    blames: 'PutRecord',
    caughtBy: ['PutRecordRefusals'],
    mayFail: 'any',
    parameters: ONE,
    template: (template) => {
      const { ResponseParameters } = properties<{ ResponseParameters: Record<string, string> }>(
        template,
        logicalIds.gatewayResponse('BAD_REQUEST_BODY'),
      );
      delete ResponseParameters['gatewayresponse.header.Access-Control-Allow-Origin'];
    },
  },
  {
    id: 'cors-not-exposed',
    class: 'cors',
    broken: 'PutRecords exposes no headers, so pages cannot see Retry-After',
    blames: 'PutRecords',
    caughtBy: ['PutRecords'],
    parameters: ONE,
    template: answers('PutRecords', ({ ResponseParameters = {} }) => {
      delete ResponseParameters['method.response.header.Access-Control-Expose-Headers'];
    }),
  },
  {
    id: 'cors-no-preflight',
    class: 'cors',
    broken: '/streams/{stream-name}/record has no OPTIONS',
    blames: { says: 'OPTIONS on every path' },
    caughtBy: ['Preflight'],
    // The embedded AWS lets no page write that a browser would not let.
    mayFail: 'any',
    parameters: ONE,
    template: without(logicalIds.preflight('/streams/{stream-name}/record')),
  },
  {
    id: 'cors-preflight-headers',
    class: 'cors',
    broken: 'OPTIONS does not allow Content-Type, so pages cannot send JSON',
    blames: { says: 'OPTIONS on every path' },
    caughtBy: ['Preflight'],
    parameters: ONE,
    template: preflight('/streams/{stream-name}/record', (headers) => {
      headers['method.response.header.Access-Control-Allow-Headers'] = "'Authorization'";
    }),
  },
  {
    id: 'cors-variable-lost',
    class: 'cors',
    broken: 'The stage has no list of origins for the templates to look into',
    blames: 'CreateStream',
    caughtBy: ['Preflight', 'CreateStream'],
    mayFail: 'any',
    parameters: SEVERAL,
    template: (template) => {
      delete properties(template, logicalIds.stage).Variables;
    },
  },
  {
    id: 'cors-every-origin',
    class: 'cors',
    broken: 'Of several origins, whichever asks is allowed (answers)',
    blames: { says: 'Origins that are not allowed get no CORS headers' },
    caughtBy: ['ForeignOrigin'],
    parameters: SEVERAL,
    template: inAnswer(ENDPOINT_IDS, '200', '$allowed.contains(",$origin,")', "$allowed != ''"),
  },
  {
    id: 'cors-no-vary',
    class: 'cors',
    broken: 'Of several origins, an answer does not say that it varies with the origin',
    blames: 'ListShards',
    caughtBy: ['ListShards'],
    parameters: SEVERAL,
    template: answers('ListShards', ({ ResponseParameters = {} }) => {
      delete ResponseParameters['method.response.header.Vary'];
    }),
  },
];
