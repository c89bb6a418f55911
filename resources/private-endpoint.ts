import { either, NO_VALUE, split } from './cloudformation';

const endpoints = split('${param:vpcEndpoints}');

/** Regional, unless the stage names VPC endpoints: then the API is to be had through these only. */
export const endpointConfiguration = either(
  'IsPrivate',
  { Types: ['PRIVATE'] as const, VpcEndpointIds: endpoints },
  { Types: ['REGIONAL'] as const },
);

/**
 * The policy without which a private API lets nobody in.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export const privatePolicy = either(
  'IsPrivate',
  {
    Version: '2012-10-17',
    Statement: [
      // Where requests are signed, IAM decides on its own: an Allow here would let in every identity.
      either('RequiresSignature', NO_VALUE, {
        Effect: 'Allow',
        // Everybody who comes through the endpoints: the key, or nothing, is what is asked of them.
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
      }),
      {
        Effect: 'Deny',
        // Nobody comes in another way, whatever other policies allow.
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: 'execute-api:/*',
        Condition: { StringNotEquals: { 'aws:SourceVpce': endpoints } },
      },
    ],
  },
  NO_VALUE,
);
