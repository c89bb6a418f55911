import type { DeclaredStream } from '../streams/declared';
import { hasAuthorizer } from './modes';

const isSet = (variable: string) => ({ 'Fn::Not': [{ 'Fn::Equals': [variable, ''] }] });

const condition = (name: string) => ({ Condition: name });

const asks = (door: 'authorization' | 'readAuthorization', mode: string) => ({
  'Fn::Equals': [`\${param:${door}}`, mode],
});

const either = (...conditions: readonly object[]) => ({ 'Fn::Or': conditions });
const both = (...conditions: readonly object[]) => ({ 'Fn::And': conditions });

/**
 * Conditions on who may call. Each door of the stage has a condition for each mode but `NONE`; what
 * belongs to a mode is there where any door has it, which `withStreams` adds declared streams to.
 */
export const conditions = {
  WritesByKey: asks('authorization', 'API_KEY'),
  WritesBySignature: asks('authorization', 'AWS_IAM'),
  WritesByUserPool: asks('authorization', 'COGNITO'),
  WritesByFunction: asks('authorization', 'LAMBDA'),
  WritesByAuthorizer: either(condition('WritesByUserPool'), condition('WritesByFunction')),
  WritesByScope: both(condition('WritesByUserPool'), isSet('${param:writeScopes}')),
  ReadsByKey: asks('readAuthorization', 'API_KEY'),
  ReadsBySignature: asks('readAuthorization', 'AWS_IAM'),
  ReadsByUserPool: asks('readAuthorization', 'COGNITO'),
  ReadsByFunction: asks('readAuthorization', 'LAMBDA'),
  ReadsByAuthorizer: either(condition('ReadsByUserPool'), condition('ReadsByFunction')),
  ReadsByScope: both(condition('ReadsByUserPool'), isSet('${param:readScopes}')),
  TakesKeys: either(condition('WritesByKey'), condition('ReadsByKey')),
  TakesSignatures: either(condition('WritesBySignature'), condition('ReadsBySignature')),
  TakesTokens: either(condition('WritesByAuthorizer'), condition('ReadsByAuthorizer')),
  HasWriteScopes: isSet('${param:writeScopes}'),
  // The stage's own two authorizers. Streams may ask for them where no door of the stage does.
  AsksUserPool: either(condition('WritesByUserPool'), condition('ReadsByUserPool')),
  AsksFunction: either(condition('WritesByFunction'), condition('ReadsByFunction')),
  NamesAuthorizer: isSet('${param:authorizerId}'),
  LacksAuthorizer: { 'Fn::Not': [condition('NamesAuthorizer')] },
  MakesUserPoolAuthorizer: both(condition('AsksUserPool'), condition('LacksAuthorizer')),
  MakesAuthorizer: both(condition('AsksFunction'), condition('LacksAuthorizer')),
  MakesAuthorizerPermission: both(condition('MakesAuthorizer'), condition('PermitsAuthorizers')),
  // API Gateway calls the function by a permission that the stack adds, by a role, or by neither.
  PermitsAuthorizers: { 'Fn::Equals': ['${param:authorizerRoleArn}', ''] },
  HasAuthorizerRole: both(isSet('${param:authorizerRoleArn}'), {
    'Fn::Not': [{ 'Fn::Equals': ['${param:authorizerRoleArn}', 'none'] }],
  }),
  ShapesAuthorizerErrors: both(condition('TakesTokens'), condition('OwnsApi')),
  HasIdentitySource: isSet('${param:identitySource}'),
  ValidatesIdentity: isSet('${param:identityValidation}'),
} as const;

const ALWAYS = { 'Fn::Equals': ['', ''] };

/** The conditions that hold besides because of declared streams, whose own doors no parameter knows. */
export function withStreams(
  declared: readonly Pick<DeclaredStream, 'authorization' | 'authorizer'>[],
): Partial<Record<keyof typeof conditions, typeof ALWAYS>> {
  const demands = (wanted: (stream: (typeof declared)[number]) => boolean) => declared.some(wanted);
  const asksStage = (mode: string) =>
    demands(({ authorization, authorizer }) => authorization === mode && authorizer === undefined);
  return {
    ...(demands(({ authorization }) => authorization === 'API_KEY') && { TakesKeys: ALWAYS }),
    ...(demands(({ authorization }) => authorization === 'AWS_IAM') && { TakesSignatures: ALWAYS }),
    ...(demands(({ authorization }) => hasAuthorizer(authorization)) && { TakesTokens: ALWAYS }),
    ...(asksStage('COGNITO') && { AsksUserPool: ALWAYS }),
    ...(asksStage('LAMBDA') && { AsksFunction: ALWAYS }),
  };
}
