import { either, NO_VALUE, split } from './cloudformation';

const endpoints = split('${param:vpcEndpoints}');

/** Regional, or private and reachable only through the stage's VPC endpoints. */
export const endpointConfiguration = either(
  'IsPrivate',
  { Types: ['PRIVATE'] as const, VpcEndpointIds: endpoints },
  { Types: ['REGIONAL'] as const },
);

/**
 * Resource policy of a private API, which rejects all requests without one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export const privatePolicy = either(
  'IsPrivate',
  {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        // All callers through the endpoints; if required, API keys and tokens are checked later.
        Principal: '*',
        Action: 'execute-api:Invoke',
        // Packaging leaves out the methods that ask IAM: hooks/template/private-policy.ts.
        Resource: 'execute-api:/*',
      },
      {
        Effect: 'Deny',
        // Denies every other way in, whatever other policies allow.
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { StringNotEquals: { 'aws:SourceVpce': endpoints } },
      },
    ],
  },
  NO_VALUE,
);
