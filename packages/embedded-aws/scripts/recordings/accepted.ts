/**
 * Differences that stay, by member; a star stands for any text.
 *
 * Most are no difference between AWS and the embedded AWS: recordings show what their tests did, and
 * no more.
 */
const ACCEPTED: Readonly<Record<string, string>> = {
  'apigateway.CanarySettings.stageVariableOverrides': 'the one recording sets them',
  'apigateway.DocumentationPart*': 'there are no documentation parts',
  'apigateway.DocumentationVersion': 'there are no documentation versions',
  'apigateway.VpcLink': 'there are no VPC links',
  'apigateway.Integration.connectionId': 'there are no VPC links',
  'lambda.ListTagsResponse': 'ListTags is refused by name',
  'apigateway.*.items': 'no test lists where nothing is',
  'apigateway.Stages.item': 'no test lists where nothing is',
  'apigateway.RestApis.position': 'no test asks for a page',
  'cloudformation.ListChangeSetsOutput.Summaries': 'no test lists where nothing is',
  'cloudformation.DescribeStacksOutput.Stacks': 'no test lists where nothing is',
  'apigateway.AccessLogSettings.format': 'three recordings set the destination only',
  'apigateway.ApiKey.name': 'no test makes a key without a name',
  'apigateway.Authorizer.authorizerUri': 'no test makes an authorizer of user pools',
  'apigateway.Deployment.apiSummary': 'no test asks for it with embed',
  'apigateway.EndpointConfiguration.ipAddressType': 'one recording is older than the member',
  'apigateway.Integration.request*': 'no test puts an empty map',
  'apigateway.IntegrationResponse.responseTemplates': 'no test puts an empty map',
  'apigateway.Method.requestModels': 'no test puts an empty map',
  'apigateway.TestInvokeMethodResponse.body': 'no test gets an empty body',
  'apigateway.ThrottleSettings.burstLimit': 'no test sets the rate alone',
  'apigateway.UsagePlan.apiStages': 'no test makes a plan without stages',
  'apigateway.*.description': 'no test replaces one by an empty text',
  'apigateway.Stage.variables': 'no test removes the last variable',
  'cloudformation.Stack.LastOperations': 'younger than the recordings',
  'cloudformation.ValidateTemplateOutput.Parameters': 'no test validates a template without any',
  'cloudformation.ChangeSetSummary.StatusReason': 'no test lists a change set that failed',
  'cloudformation.*.CapabilitiesReason': 'no test has a template that needs capabilities',
  'cloudformation.GetTemplateOutput.TemplateBody': 'no test asks for that of a stack in review',
  'cloudformation.ResourceIdentifierSummary.ResourceIdentifiers':
    'the recording without them is of 2023, older than those of its type',
  'cloudformation.StackResource*.PhysicalResourceId': 'no test reads resources that were not made',
  'cloudformation.StackResource.ResourceStatusReason': 'no test reads resources that failed',
  'cloudformation.TemplateParameter.DefaultValue': 'the one parameter has no default',
  'cloudformation.TemplateParameter.Description': 'the one parameter has a description',
  'kinesis.SequenceNumberRange.EndingSequenceNumber': 'no test lists shards that were closed',
  'kinesis.Shard.*ParentShardId': 'no test lists shards with parents',
  'lambda.DestinationConfig.OnSuccess': 'asynchronous calls have it, and no test records theirs',
};

const PATTERNS = Object.entries(ACCEPTED).map(([member, reason]) => ({
  member,
  reason,
  pattern: new RegExp(`^${member.split('*').map(escapeText).join('[^.]*')}$`),
}));

function escapeText(text: string): string {
  return text.replace(/[.$]/g, '\\$&');
}

/** Why a difference stays; undefined if it is not accepted. */
export function acceptedReason(member: string): string | undefined {
  return PATTERNS.find(({ pattern }) => pattern.test(member))?.reason;
}

/** Rows of the table that no difference needs. */
export function staleAcceptances(differing: readonly string[]): readonly string[] {
  return PATTERNS.filter(({ pattern }) => !differing.some((member) => pattern.test(member))).map(
    ({ member }) => member,
  );
}
