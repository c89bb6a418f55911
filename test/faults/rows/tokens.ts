import { UpdateAuthorizerCommand, UpdateMethodCommand } from '@aws-sdk/client-api-gateway';
import { refusedChecks, waysIn } from '../../../hooks/verify/access/checks';
import { closedChecks } from '../../../hooks/verify/checks/closed';
import { corsChecks } from '../../../hooks/verify/checks/cors';
import { stackChecks } from '../../../hooks/verify/checks/stack';
import { logicalIds } from '../../../resources/logical-ids';
import type { Streams } from '../../../resources/streams/declaration';
import {
  authorizerCode,
  BY_FUNCTION,
  BY_SCOPE,
  BY_USER_POOL,
  DENIED_WORD,
  functionTokens,
  GOOD_WORD,
  OTHER_POOL_ARN,
  POOL_ARN,
  poolTokens,
  scopeTokens,
} from '../../support/token-stages';
import { methodIds, physicalId, replace } from '../by-hand';
import { type MethodProperties, method, properties, without } from '../damage';
import type { Fault } from '../fault';

/** The checks of what the stack has, who comes in, and from which pages; none of records. */
const CHECKS = { ...stackChecks, ...closedChecks, ...waysIn, ...refusedChecks, ...corsChecks };

const access = { class: 'access', checks: CHECKS } as const;
const byPool = { ...access, parameters: BY_USER_POOL, tokens: poolTokens } as const;
const byScope = { ...access, parameters: BY_SCOPE, tokens: scopeTokens } as const;
const byFunction = { ...access, parameters: BY_FUNCTION, tokens: functionTokens } as const;

const open = (own: MethodProperties) => {
  own.AuthorizationType = 'NONE';
  delete own.AuthorizerId;
  delete own.AuthorizationScopes;
};

interface AuthorizerProperties {
  ProviderARNs?: string[];
  IdentitySource?: string;
}

const userPools: readonly Fault[] = [
  {
    ...byPool,
    id: 'token-open-PutRecord',
    broken: 'PutRecord asks for no token where the stage does',
    blames: 'PutRecord',
    caughtBy: ['PutRecordClosed', 'access/write/Nonsense', 'access/write/Forged'],
    mayFail: ['access/write/Expired', 'access/write/OtherPool'],
    template: method('PutRecord', open),
  },
  {
    ...byPool,
    id: 'token-open-GetRecords',
    broken: 'GetRecords asks for no token, and the run has none either',
    blames: 'GetRecords',
    caughtBy: ['GetRecordsClosed', 'access/read/Nonsense', 'access/read/Forged'],
    tokens: async () => ({}),
    template: method('GetRecords', open),
  },
  {
    ...byScope,
    id: 'scopes-missing',
    broken: 'PutRecords has no scopes, and lets in ID tokens in place of access tokens',
    blames: 'PutRecords',
    caughtBy: ['access/write/LetIn'],
    template: method('PutRecords', (own) => {
      delete own.AuthorizationScopes;
    }),
  },
  {
    ...byScope,
    id: 'scopes-too-many',
    broken: 'ListStreams takes a scope that every token has',
    blames: 'ListStreams',
    caughtBy: ['access/read/WithoutScope'],
    template: method('ListStreams', (own) => {
      own.AuthorizationScopes = [...(own.AuthorizationScopes ?? []), 'openid'];
    }),
  },
  {
    ...byPool,
    id: 'pool-of-another-account',
    broken: 'The authorizer asks the user pool of another account',
    blames: { says: 'refuses the token of the run' },
    caughtBy: ['access/write/LetIn', 'access/write/OtherPool'],
    mayFail: ['access/read/LetIn', 'access/read/OtherPool'],
    template: (template) => {
      const own = properties<AuthorizerProperties>(template, logicalIds.userPoolAuthorizer);
      own.ProviderARNs = [OTHER_POOL_ARN];
    },
  },
  {
    ...byPool,
    id: 'pool-added',
    broken: 'The authorizer asks a second user pool',
    blames: { says: 'lets in a token of another user pool' },
    caughtBy: ['access/write/OtherPool', 'access/read/OtherPool'],
    template: (template) => {
      const own = properties<AuthorizerProperties>(template, logicalIds.userPoolAuthorizer);
      own.ProviderARNs = [POOL_ARN, OTHER_POOL_ARN];
    },
  },
  {
    ...byPool,
    id: 'preflight-closed',
    broken: 'Preflights of /streams ask for a token, which browsers never send with them',
    blames: { says: 'OPTIONS' },
    caughtBy: ['Preflight'],
    mayFail: ['ForeignOrigin'],
    parameters: { ...BY_USER_POOL, corsOrigins: 'https://shop.example' },
    template: (template) => {
      const own = properties<MethodProperties>(template, logicalIds.preflight('/streams'));
      own.AuthorizationType = 'COGNITO_USER_POOLS';
      own.AuthorizerId = { Ref: logicalIds.userPoolAuthorizer };
    },
  },
];

const TENANT = 'X-Tenant';

/** A way in of two parts, as JSON. */
const both = (word: string) =>
  JSON.stringify({ headers: { Authorization: word, [TENANT]: 'acme' }, query: {} });

const SOURCES = `method.request.header.Authorization,method.request.header.${TENANT}`;

const functions: readonly Fault[] = [
  {
    ...byFunction,
    id: 'authorizer-mixes-up',
    broken: 'Answers of the authorizer are kept by the tenant alone, whatever the token',
    blames: { says: 'while the answer for a good one is kept' },
    caughtBy: ['access/write/MixUp', 'access/read/MixUp'],
    mayFail: ['access/write/Denied', 'access/read/Denied'],
    parameters: { ...BY_FUNCTION, authorizerType: 'REQUEST', identitySource: SOURCES },
    authorizer: authorizerCode(),
    tokens: async () => ({ API_TOKEN: both(GOOD_WORD), API_TOKEN_DENIED: both(DENIED_WORD) }),
    template: (template) => {
      const own = properties<AuthorizerProperties>(template, logicalIds.authorizer);
      own.IdentitySource = `method.request.header.${TENANT}`;
    },
  },
  {
    ...byFunction,
    id: 'authorizer-lets-all-in',
    broken: 'The authorizer lets everybody in who shows anything',
    blames: { says: 'lets in a made-up token' },
    caughtBy: ['access/write/Nonsense', 'access/write/Denied', 'access/read/Nonsense'],
    mayFail: ['access/write/Expired', 'access/read/Expired', 'access/read/Denied'],
    authorizer: authorizerCode({ knows: 'true', effect: "'Allow'" }),
  },
  {
    ...byFunction,
    id: 'authorizer-denies-all',
    broken: 'The authorizer denies everybody',
    blames: { says: 'refuses the token of the run (403), as all routes of the entrance do' },
    caughtBy: ['access/write/LetIn', 'access/read/LetIn'],
    authorizer: authorizerCode({ effect: "'Deny'" }),
  },
  {
    ...byFunction,
    id: 'authorizer-forbidden',
    broken: 'API Gateway may not call the authorizer',
    blames: { says: 'API Gateway may not call the authorizer' },
    caughtBy: ['access/write/LetIn', 'access/read/LetIn'],
    authorizer: authorizerCode(),
    template: without(logicalIds.authorizerPermission),
  },
  {
    ...byFunction,
    id: 'authorizer-takes-expired',
    broken: 'The authorizer does not look whether a token has expired',
    blames: { says: 'lets in a token that has expired' },
    caughtBy: ['access/write/Expired', 'access/read/Expired'],
    authorizer: authorizerCode({
      knows: '[good, denied].includes(word) || word.includes("yesterday")',
      effect: "word === denied ? 'Deny' : 'Allow'",
    }),
  },
  {
    ...byFunction,
    id: 'authorizer-one-path',
    broken: 'The policy of the authorizer allows only the path that was asked first',
    blames: { says: 'has to allow every path' },
    caughtBy: ['access/write/LetIn'],
    mayFail: ['access/read/LetIn'],
    authorizer: authorizerCode({ resource: 'event.methodArn' }),
  },
];

const STREAMS = {
  orders: { authorization: { type: 'COGNITO', userPoolArns: [POOL_ARN] } },
} as const satisfies Streams;

const streams: readonly Fault[] = [
  {
    id: 'event-token-open',
    class: 'access',
    broken:
      'Batches of /events/orders ask for no token, where the stream has an entrance of its own',
    blames: '/events/orders/batch',
    caughtBy: ['events/orders/batch/Access', 'events/orders/Nonsense', 'events/orders/Forged'],
    mayFail: ['events/orders/Expired', 'events/orders/OtherPool'],
    parameters: { authorization: 'AWS_IAM' },
    streams: STREAMS,
    tokens: poolTokens,
    template: (template) => {
      open(properties<MethodProperties>(template, logicalIds.eventMethod('/events/orders/batch')));
    },
  },
];

const drift = { class: 'console', checks: stackChecks, caughtBy: ['Drift'] } as const;

const byHand: readonly Fault[] = [
  {
    ...drift,
    id: 'console-authorizer-pool',
    broken: 'The authorizer gets a second user pool',
    blames: { says: 'Authorizer UserPoolAuthorizer: userPools' },
    parameters: BY_USER_POOL,
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateAuthorizerCommand({
          restApiId: stage.target.restApiId,
          authorizerId: physicalId(stage, logicalIds.userPoolAuthorizer),
          patchOperations: [{ op: 'add', path: '/providerARNs', value: OTHER_POOL_ARN }],
        }),
      );
    },
  },
  {
    ...drift,
    id: 'console-authorizer-ttl',
    broken: "The authorizer's answers are kept for an hour",
    blames: { says: 'Authorizer Authorizer: ttlSeconds' },
    parameters: BY_FUNCTION,
    authorizer: authorizerCode(),
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateAuthorizerCommand({
          restApiId: stage.target.restApiId,
          authorizerId: physicalId(stage, logicalIds.authorizer),
          patchOperations: replace('/authorizerResultTtlInSeconds', '3600'),
        }),
      );
    },
  },
  {
    ...drift,
    id: 'console-scopes',
    caughtBy: ['Served', 'Drift'],
    broken: 'PutRecord takes a further scope',
    blames: 'PutRecord',
    parameters: BY_SCOPE,
    async byHand(stage) {
      await stage.apiGateway.send(
        new UpdateMethodCommand({
          ...methodIds(stage, 'PutRecord'),
          patchOperations: [{ op: 'add', path: '/authorizationScopes', value: 'openid' }],
        }),
      );
    },
  },
];

/** Who comes in where the stage, or a stream, asks for tokens. */
export const tokenFaults: readonly Fault[] = [...userPools, ...functions, ...streams, ...byHand];
