import type { Resource, Resources, ResourceType } from './cloudformation';

/**
 * Resource types that can be tagged. Tags are set on each resource, because the framework's own
 * setting would change the stage outside CloudFormation.
 */
const TAGGED = [
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::Role',
  'AWS::Kinesis::Stream',
  'AWS::Logs::LogGroup',
] as const satisfies readonly ResourceType[];

/** Tags to filter bills and searches by. Add your own here. */
export const TAGS = [
  { Key: 'service', Value: '${self:service}' },
  { Key: 'stage', Value: '${self:provider.stage}' },
];

/**
 * Adds the project's tags to the resources that can have them, before those that they have. Consumers
 * of streams have none: a change of their tags makes a new one, whose name the old one still has.
 */
export function tagged(resources: Resources): Resources {
  const types: readonly ResourceType[] = TAGGED;
  return Object.fromEntries(
    Object.entries(resources).map(([id, declared]) =>
      types.includes(declared.Type)
        ? [
            id,
            {
              ...declared,
              Properties: { ...declared.Properties, Tags: tagsOf(declared) },
            } as Resource,
          ]
        : [id, declared],
    ),
  );
}

const tagsOf = ({ Properties }: Resource) => [
  ...TAGS,
  ...('Tags' in Properties && Array.isArray(Properties.Tags) ? Properties.Tags : []),
];
