import type { Resource, Resources, ResourceType } from './cloudformation';

/**
 * The types that take tags. Declared on each resource: with the framework's own settings for tags it
 * would change the stage behind CloudFormation's back.
 */
const TAGGED = [
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::CloudWatch::Alarm',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
] as const satisfies readonly ResourceType[];

/** What bills and searches are filtered by. Add your own here. */
const TAGS = [
  { Key: 'service', Value: '${self:service}' },
  { Key: 'stage', Value: '${self:provider.stage}' },
];

/** The resources, those that take tags with the project's. */
export function tagged(resources: Resources): Resources {
  const types: readonly ResourceType[] = TAGGED;
  return Object.fromEntries(
    Object.entries(resources).map(([id, declared]) =>
      types.includes(declared.Type)
        ? [id, { ...declared, Properties: { ...declared.Properties, Tags: TAGS } } as Resource]
        : [id, declared],
    ),
  );
}
