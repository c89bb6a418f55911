import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  type ResourceChange,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import type { CompiledTemplate } from '../../hooks/framework';
import { addressByContent } from '../../hooks/template/deployment';
import { compiledStack } from '../support/compiled-stack';
import { uploadTemplate } from '../support/deploy-stack';
import { deployInProcess } from '../support/in-process-stage';
import { releases } from '../support/releases';

// Upgrades of a stage deployed by an earlier release: a changed logical id would replace a resource
// that clients and other stacks know by its physical id.

const STACK = 'kinesis-rest-proxy-dev';
const POLL = { maxWaitTime: 60, minDelay: 0.01, maxDelay: 0.01 };

/** The API's own types. Some others need more of an account than the test has. */
const OF_THE_API = /^AWS::(ApiGateway::(?!DomainName|BasePathMapping)\w+|IAM::Role)$/;

function partOf(template: CompiledTemplate): Pick<CompiledTemplate, 'Resources'> {
  const resources = Object.entries(template.Resources)
    .filter(([id, { Type }]) => OF_THE_API.test(Type) && !id.startsWith('Canary'))
    .map(([id, resource]) => {
      const { AccessLogSetting: _, ...properties } = resource.Properties as Record<string, unknown>;
      return [id, { ...resource, Properties: properties }] as const;
    });
  return { Resources: Object.fromEntries(resources) };
}

async function changesOf(
  release: CompiledTemplate,
  newest: CompiledTemplate,
): Promise<ResourceChange[]> {
  // The deployment's id bears a hash, which the deployment of the test's stack adds again.
  const text = JSON.stringify(partOf(release)).replaceAll(
    /\bDeployment[0-9a-f]{10}\b/g,
    'Deployment',
  );
  const { sdk } = await deployInProcess({}, (template) => {
    template.Resources = JSON.parse(text).Resources;
    template.Outputs = {};
  });
  const client = new CloudFormationClient(sdk());
  try {
    const name = { StackName: STACK, ChangeSetName: 'upgrade' };
    const TemplateURL = await uploadTemplate(
      sdk(),
      addressByContent(partOf(newest) as CompiledTemplate),
    );
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    await client.send(new CreateChangeSetCommand({ ...name, TemplateURL, Capabilities }));
    await waitUntilChangeSetCreateComplete({ client, ...POLL }, name);
    const { Changes: changes = [] } = await client.send(new DescribeChangeSetCommand(name));
    return changes.flatMap(({ ResourceChange: change }) => change ?? []);
  } finally {
    client.destroy();
  }
}

const cases = releases().flatMap(({ version, stages }) =>
  Object.entries(stages).map(([name, stage]) => ({ version, name, ...stage })),
);

test.each(cases)(
  '$version, stage $name: the newest template replaces and removes nothing but the deployment and the role',
  async ({ stage, parameters, template }) => {
    const newest = compiledStack({ ...parameters, accessLogs: 'false' }, stage);
    const changes = await changesOf(template, newest);

    const lost = changes.filter(
      ({ Action, Replacement }) =>
        Action === 'Remove' || (Replacement !== undefined && Replacement !== 'False'),
    );
    // The role has other rights now, and is content-addressed like the deployment.
    expect(new Set(lost.map(({ ResourceType }) => ResourceType))).toEqual(
      new Set(['AWS::ApiGateway::Deployment', 'AWS::IAM::Role']),
    );
    // The methods that were there are the same ones, where they have changed at all.
    const methods = changes.filter(
      ({ ResourceType, LogicalResourceId: id = '' }) =>
        ResourceType === 'AWS::ApiGateway::Method' && id in template.Resources,
    );
    expect(methods.length).toBeGreaterThan(0);
    expect(new Set(methods.map(({ Action }) => Action))).toEqual(new Set(['Modify']));
  },
);
