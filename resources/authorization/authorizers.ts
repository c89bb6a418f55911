import {
  either,
  NO_VALUE,
  type Resource,
  type Resources,
  ref,
  resource,
  split,
  sub,
  type Value,
} from '../cloudformation';
import type { ConditionName } from '../conditions';
import { restApiId } from '../existing-api';
import { logicalIds } from '../logical-ids';
import type { DeclaredStream } from '../streams/declared';
import type { FunctionDoor, UserPoolDoor } from './declaration';

type Properties = Resource<'AWS::ApiGateway::Authorizer'>['Properties'];

/** Unique in an API, which may be shared. */
const nameOf = (what: string) => `\${self:service}-\${self:provider.stage}-${what}`;

/**
 * The URI with which API Gateway calls a function. Where it is named by its key, packaging puts its
 * ARN here, and the region that it is in: hooks/template/authorizers.ts.
 */
const uriOf = (named: string) => ({
  'Fn::Sub': [
    'arn:${AWS::Partition}:apigateway:${Region}:lambda:path/2015-03-31/functions/${Function}/invocations',
    { Region: ref('AWS::Region'), Function: named },
  ] as const,
});

const sourceOf = (given: readonly string[] | undefined): Value<string> => {
  if (given === undefined) {
    return either('HasIdentitySource', '${param:identitySource}' as const, NO_VALUE);
  }
  return given.length === 0 ? NO_VALUE : given.join(',');
};

const validationOf = (given: string | undefined): Value<string> =>
  given ?? either('ValidatesIdentity', '${param:identityValidation}' as const, NO_VALUE);

/** The properties of an authorizer that asks user pools; what it does not say is the stage's. */
const userPoolProperties = (
  name: string,
  { userPoolArns, identitySource, identityValidation }: Partial<UserPoolDoor>,
): Properties => ({
  RestApiId: restApiId,
  Name: nameOf(name),
  Type: 'COGNITO_USER_POOLS',
  ProviderARNs: userPoolArns ?? split('${param:userPoolArns}'),
  IdentitySource: sourceOf(identitySource),
  IdentityValidationExpression: validationOf(identityValidation),
});

/** The properties of an authorizer that asks a function; what it does not say is the stage's. */
const functionProperties = (
  name: string,
  {
    function: named = '${param:authorizerFunction}',
    kind,
    identitySource,
    identityValidation,
    ttlSeconds,
    roleArn,
  }: Partial<FunctionDoor>,
): Properties => ({
  RestApiId: restApiId,
  Name: nameOf(name),
  Type: kind ?? ('${param:authorizerType}' as const),
  AuthorizerUri: uriOf(named),
  AuthorizerCredentials: credentialsOf(roleArn),
  AuthorizerResultTtlInSeconds: ttlSeconds ?? ('${param:authorizerTtlSeconds}' as const),
  IdentitySource: sourceOf(identitySource),
  IdentityValidationExpression: validationOf(identityValidation),
});

function credentialsOf(roleArn: string | undefined): Value<string> {
  if (roleArn === undefined) {
    return either('HasAuthorizerRole', '${param:authorizerRoleArn}' as const, NO_VALUE);
  }
  return ['', 'none'].includes(roleArn) ? NO_VALUE : roleArn;
}

/**
 * Lets authorizers of the API call a function. Any of them: the deployment that a stage still serves may
 * call as one that the API no longer has, and an authorizer can wait for its permission.
 */
const permission = (named: string, condition?: ConditionName) =>
  resource(
    'AWS::Lambda::Permission',
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: named,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: either(
        'OwnsApi',
        sub(
          `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${logicalIds.restApi}}/authorizers/*`,
        ),
        sub(
          'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${param:restApiId}/authorizers/*',
        ),
      ),
    },
    condition && { Condition: condition },
  );

/** The authorizers that the stage's doors ask, and those of streams that have their own. */
export const authorizers = (declared: readonly DeclaredStream[]): Resources => ({
  [logicalIds.userPoolAuthorizer]: resource(
    'AWS::ApiGateway::Authorizer',
    userPoolProperties('user-pools', {}),
    { Condition: 'MakesUserPoolAuthorizer' },
  ),
  [logicalIds.authorizer]: resource(
    'AWS::ApiGateway::Authorizer',
    functionProperties('function', {}),
    { Condition: 'MakesAuthorizer', DependsOn: [logicalIds.authorizerPermission] },
  ),
  [logicalIds.authorizerPermission]: permission(
    '${param:authorizerFunction}',
    'MakesAuthorizerPermission',
  ),
  ...Object.fromEntries(declared.flatMap(ofStream)),
});

/** Streams that ask in the same way get one authorizer when the stack is packaged. */
function ofStream({ name, authorizer }: DeclaredStream): [string, Resource][] {
  if (authorizer === undefined) return [];
  const id = logicalIds.streamAuthorizer(name, authorizer.type);
  if (authorizer.type === 'COGNITO') {
    return [
      [
        id,
        resource(
          'AWS::ApiGateway::Authorizer',
          userPoolProperties(`user-pools-${name}`, authorizer),
        ),
      ],
    ];
  }
  const { function: named = '${param:authorizerFunction}', roleArn } = authorizer;
  const permissionId = logicalIds.streamAuthorizerPermission(name);
  const isPermitted = roleArn === undefined || roleArn === '';
  return [
    [
      id,
      resource(
        'AWS::ApiGateway::Authorizer',
        functionProperties(`function-${name}`, authorizer),
        isPermitted ? { DependsOn: [permissionId] } : {},
      ),
    ],
    ...(isPermitted
      ? [
          [
            permissionId,
            permission(named, roleArn === undefined ? 'PermitsAuthorizers' : undefined),
          ] satisfies [string, Resource],
        ]
      : []),
  ];
}
