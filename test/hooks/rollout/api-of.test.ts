import { retiring, withApiOf } from '../../../hooks/rollout/api-of';
import { deploymentOf, roleOf } from '../../../hooks/stage/own';
import { changed, deployed, KAFKA, packaged, WEB_ACL } from '../../support/packaged-stack';

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
    const role = roleOf(guarded) ?? '';
    for (const id of ['WebAclAssociation', 'UsagePlan', 'ApiKey', role, 'Stage']) {
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

describe("the stack with a new version's API", () => {
  test('has the settings of the API that every stage gets at once as they are', () => {
    const before = packaged({ vpcEndpoints: 'vpce-0123456789abcdef0' });
    const { RestApi: api } = withApiOf(packaged(), deployed(before)).Resources;
    expect(api?.Properties).toMatchObject({ EndpointConfiguration: { Types: ['PRIVATE'] } });
    expect(api?.Properties).not.toHaveProperty('Policy');
  });

  test('has the role that its methods need, beside that of the live stage', () => {
    const [before, next] = [packaged(), packaged({ streams: 'orders' })];
    const { Resources, Outputs } = withApiOf(next, deployed(before));
    for (const template of [before, next]) {
      const id = roleOf(template) ?? '';
      expect(Resources[id]).toEqual(template.Resources[id]);
    }
    expect(Outputs).toEqual(before.Outputs);
  });

  test('has nothing else that is new', () => {
    const next = packaged({ webAclArn: WEB_ACL, authorization: 'API_KEY' });
    const { Resources } = withApiOf(next, deployed(packaged()));
    for (const id of ['WebAclAssociation', 'UsagePlan', 'ApiKey']) {
      expect(Resources).not.toHaveProperty(id);
    }
  });
});
