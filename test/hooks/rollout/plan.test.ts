import { resourceType } from 'embedded-aws/resource-types';
import type { CompiledTemplate } from '../../../hooks/framework';
import { retiring } from '../../../hooks/rollout/api-of';
import { deploysTheSame, withDeploymentId } from '../../../hooks/rollout/settled-ids';
import { type Deployed, IDENTITY, takenAway } from '../../../hooks/rollout/taken-away';
import { deploymentOf } from '../../../hooks/stage/own';
import { addressByContent, DEPLOYED_TYPES } from '../../../hooks/template/deployment';
import { compiledStack } from '../../support/compiled-stack';

const packaged = (values: Readonly<Record<string, string>> = {}) =>
  addressByContent(structuredClone(compiledStack(values)));

/** A stack that has what a template declares, and more. */
function deployed(template: CompiledTemplate, more: readonly string[] = []): Deployed {
  const ids = [...Object.keys(template.Resources), ...more];
  return { template, physicalIds: Object.fromEntries(ids.map((id) => [id, `${id}-1`])) };
}

function changed(change: (resources: CompiledTemplate['Resources']) => void): CompiledTemplate {
  const template = structuredClone(compiledStack());
  change(template.Resources);
  return addressByContent(template);
}

const withProperties = (resource: unknown, properties: object) => ({
  ...(resource as CompiledTemplate['Resources'][string]),
  Properties: { ...(resource as { Properties: object }).Properties, ...properties },
});

const KAFKA = { kafkaRestUrl: 'https://kafka.example.com' };

test('the properties that make a resource anew are those that CloudFormation has', () => {
  for (const [type, identity] of Object.entries(IDENTITY)) {
    const properties = Object.entries(resourceType(type)?.properties ?? {});
    const replacing = properties.filter(([, { replacement }]) => replacement === 'yes');
    expect([type, replacing.map(([name]) => name).sort()]).toEqual([type, [...identity].sort()]);
    expect(type).toMatch(DEPLOYED_TYPES);
  }
});

describe('what an update takes away', () => {
  test.each<[string, CompiledTemplate, CompiledTemplate, string[]]>([
    ['nothing', packaged(), packaged(), []],
    ['nothing where something comes', packaged(), packaged(KAFKA), []],
    ['nothing where it changes in place', packaged(), packaged({ authorization: 'NONE' }), []],
    [
      'methods',
      packaged(),
      packaged({ manageStreams: 'false' }),
      ['CreateStreamMethod', 'DeleteStreamMethod'],
    ],
    ['paths and methods', packaged(KAFKA), packaged(), ['ProxyResource', 'KafkaRestMethod']],
    [
      'the resource policy',
      packaged({ vpcEndpoints: 'vpce-0123456789abcdef0' }),
      packaged(),
      ['RestApi'],
    ],
    [
      'what gets another verb',
      packaged(),
      changed((resources) => {
        resources.PutRecordMethod = withProperties(resources.PutRecordMethod, {
          HttpMethod: 'POST',
        });
      }),
      ['PutRecordMethod'],
    ],
    [
      'what gets another name',
      packaged(),
      changed((resources) => {
        resources.PutRecordModel = withProperties(resources.PutRecordModel, { Name: 'Other' });
      }),
      ['PutRecordModel'],
    ],
    [
      'what is another gateway response',
      packaged(),
      changed((resources) => {
        delete resources.ThrottledResponse;
      }),
      ['ThrottledResponse'],
    ],
  ])('%s', (_, before, after, taken) => {
    expect(takenAway(deployed(before), after)).toEqual(taken);
  });

  test('what is not of the API goes without a second update', () => {
    const before = packaged({ alarmTopicArn: '', webAclArn: WEB_ACL, authorization: 'API_KEY' });
    expect(takenAway(deployed(before), packaged())).toEqual([]);
  });

  test('what a failed update left in the stack is taken away too', () => {
    expect(takenAway(deployed(packaged(), ['LeftMethod']), packaged())).toEqual(['LeftMethod']);
  });
});

const WEB_ACL =
  'arn:aws:wafv2:us-east-1:000000000000:regional/webacl/front/11111111-2222-3333-4444-555555555555';

describe('the first of two updates', () => {
  const before = packaged(KAFKA);
  const next = packaged({ manageStreams: 'false' });
  const oldId = deploymentOf(before) ?? '';
  const first = retiring(next, deployed(before));

  test('keeps the deployment that the stage serves', () => {
    expect(first.Resources[oldId]?.Properties).toEqual(before.Resources[oldId]?.Properties);
    expect(deploymentOf(first)).toBe(oldId);
    expect(first.Resources.Stage?.Properties).toMatchObject({ DeploymentId: { Ref: oldId } });
    expect(JSON.stringify(first)).not.toContain(deploymentOf(next));
  });

  test('has nothing of what is taken away, and depends on nothing that is not there', () => {
    for (const { DependsOn = [] } of Object.values(first.Resources)) {
      for (const id of [DependsOn].flat()) expect(first.Resources).toHaveProperty(id);
    }
    expect(first.Resources).not.toHaveProperty('KafkaRestMethod');
    expect(first.Resources).not.toHaveProperty('DeleteStreamMethod');
  });

  test('keeps what stands before the stage, and what the stack says of itself', () => {
    const guarded = packaged({ webAclArn: WEB_ACL, streams: 'orders-*', authorization: 'API_KEY' });
    const open = packaged({ manageStreams: 'false', corsOrigins: '*' });
    const { Resources, Outputs, Metadata } = retiring(open, deployed(guarded));
    for (const id of ['WebAclAssociation', 'UsagePlan', 'ApiKey', 'KinesisRole', 'Stage']) {
      expect(Resources[id]).toEqual(guarded.Resources[id]);
    }
    expect([Outputs, Metadata]).toEqual([guarded.Outputs, guarded.Metadata]);
    expect(Resources.ThrottledResponse).toEqual(open.Resources.ThrottledResponse);
  });

  test('but nothing that needs what goes', () => {
    const needing = changed((resources) => {
      resources.Needs = {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Value: { 'Fn::Sub': 'x ${DeleteStreamMethod}' } },
      };
    });
    const { Resources } = retiring(packaged({ manageStreams: 'false' }), deployed(needing));
    expect(Resources).not.toHaveProperty('Needs');
    expect(Resources).toHaveProperty('Stage');
  });

  test('keeps the deployment alone where an update has failed and was not rolled back', () => {
    const failed = packaged({ ...KAFKA, webAclArn: WEB_ACL });
    const { Resources, Outputs } = retiring(next, deployed(failed), false);
    expect(Resources).not.toHaveProperty('WebAclAssociation');
    expect(Resources).toHaveProperty(deploymentOf(failed) ?? '');
    expect(Outputs).toEqual(next.Outputs);
  });

  test('leaves new methods to the second, as one may be where another still is', () => {
    const renamed = changed((resources) => {
      resources.OtherMethod = resources.PutRecordMethod as never;
      delete resources.PutRecordMethod;
    });
    const { Resources } = retiring(renamed, deployed(packaged()));
    expect(Resources).not.toHaveProperty('OtherMethod');
    expect(Resources).not.toHaveProperty('PutRecordMethod');
    expect(Resources).toHaveProperty('PutRecordsMethod');
  });
});

describe('the id of the deployment', () => {
  test('is the packaged one where something else is deployed', () => {
    const next = packaged(KAFKA);
    expect(withDeploymentId(next, deployed(packaged()), false)).toBe(next);
    expect(withDeploymentId(next, deployed(packaged()), true)).toBe(next);
  });

  test('is another one for a stale stage, and stays from then on', () => {
    const plain = packaged();
    const again = withDeploymentId(plain, deployed(plain), true);
    expect(deploymentOf(again)).toBe(`${deploymentOf(plain)}After${deploymentOf(plain)}1`);
    expect(withDeploymentId(packaged(), deployed(again), false)).toEqual(again);
    expect(deploysTheSame(packaged(), deployed(again))).toBe(true);

    const third = withDeploymentId(packaged(), deployed(again), true);
    expect(deploymentOf(third)).not.toBe(deploymentOf(again));
    expect(deploymentOf(third)).toMatch(/^[A-Za-z0-9]{1,255}$/);
    expect(withDeploymentId(packaged(KAFKA), deployed(third), false)).toEqual(packaged(KAFKA));
  });
});
