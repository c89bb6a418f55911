import { oneOf, textOrNone, wholeNumber } from '../parameters/kinds';
import {
  FUNCTION,
  FUNCTION_IN_WORDS,
  IDENTITY_SOURCE_IN_WORDS,
  IDENTITY_SOURCES,
  MOST_TTL_S,
  ROLE,
  ROLE_IN_WORDS,
  SCOPES,
  USER_POOL_IN_WORDS,
  USER_POOLS,
  VALIDATION,
} from './forms';
import { AUTHORIZATIONS } from './modes';

/** The parameters that say who may call a stage, and who decides. */
export const authorizationParameters = {
  authorization: {
    description:
      'Who may call: `AWS_IAM` (signed requests), `API_KEY`, `COGNITO` (tokens of user pools), `LAMBDA` (a function decides) or `NONE` (everybody)',
    default: 'AWS_IAM',
    accepts: oneOf(...AUTHORIZATIONS),
  },
  readAuthorization: {
    description: 'The same for the endpoints that only read, where it is not `authorization`',
    default: '${param:authorization}',
    accepts: oneOf(...AUTHORIZATIONS),
  },
  userPoolArns: {
    description: 'ARNs of the user pools whose tokens `COGNITO` takes, separated by commas',
    default: '',
    accepts: textOrNone(`${USER_POOL_IN_WORDS}, separated by commas; each once`, USER_POOLS, 2_048),
  },
  writeScopes: {
    description:
      'OAuth scopes, separated by commas, one of which an access token must have where `authorization` is `COGNITO`; without any, ID tokens are taken',
    default: '',
    accepts: textOrNone('OAuth scopes, separated by commas; each once', SCOPES, 2_048),
  },
  readScopes: {
    description: 'The same where `readAuthorization` is `COGNITO`',
    default: '',
    accepts: textOrNone('OAuth scopes, separated by commas; each once', SCOPES, 2_048),
  },
  authorizerFunction: {
    description:
      'The function that `LAMBDA` asks: its ARN, or its key among the functions of this serverless.ts',
    default: '',
    accepts: textOrNone(FUNCTION_IN_WORDS, FUNCTION, 300),
  },
  authorizerType: {
    description:
      'What the function gets: `TOKEN` (one header) or `REQUEST` (headers, query and path of the request)',
    default: 'TOKEN',
    accepts: oneOf('TOKEN', 'REQUEST'),
  },
  identitySource: {
    description:
      'Where `COGNITO` and `LAMBDA` find the token; of a `REQUEST` authorizer a list, separated by commas, without any of which the answer is 401',
    default: 'method.request.header.Authorization',
    accepts: textOrNone(
      `${IDENTITY_SOURCE_IN_WORDS}, separated by commas; each once`,
      IDENTITY_SOURCES,
      1_024,
    ),
  },
  identityValidation: {
    description:
      'A regular expression for the whole token (`TOKEN`), or for its `aud` (`COGNITO`): others are 401',
    default: '',
    accepts: textOrNone('a regular expression in one line', VALIDATION, 1_024),
  },
  authorizerTtlSeconds: {
    description: 'How long API Gateway keeps an answer of the function; 0 asks it each time',
    default: 300,
    accepts: wholeNumber('seconds', 0, MOST_TTL_S),
  },
  authorizerRoleArn: {
    description:
      "ARN of the role with which API Gateway calls the function, or `none` if the function's owner has allowed it; else the stack allows it",
    default: '',
    accepts: textOrNone(ROLE_IN_WORDS, ROLE, 640),
  },
  authorizerId: {
    description:
      'Id of an authorizer of the owner of `restApiId`, which `COGNITO` or `LAMBDA` then asks: the stack makes none',
    default: '',
    accepts: textOrNone('the id of an authorizer, such as abc123', /^[a-z0-9]{3,20}$/, 20),
  },
} as const;
