import type { CompiledTemplate } from '../../../hooks/framework';
import { obstacleOf } from '../../../hooks/rollout/job';
import { changed, packaged, withProperties } from '../../support/packaged-stack';

const VPC = { vpcEndpoints: 'vpce-0123456789abcdef0' };
const OTHER = { vpcEndpoints: 'vpce-0fedcba9876543210' };
const CORE: CompiledTemplate = {
  Resources: { ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' } },
};
const atDomainOnly = changed((resources) => {
  resources.RestApi = withProperties(resources.RestApi, { DisableExecuteApiEndpoint: true });
});

test.each<[string, CompiledTemplate, CompiledTemplate, RegExp | undefined]>([
  ['no change of the endpoint', packaged({ throttleRate: '7' }), packaged(), undefined],
  ['a first deployment', packaged(), CORE, undefined],
  ['a first private deployment', packaged(VPC), CORE, undefined],
  [
    'a private API that stays so',
    packaged({ ...VPC, throttleRate: '7' }),
    packaged(VPC),
    undefined,
  ],
  ['an API that becomes private', packaged(VPC), packaged(), /goes to another endpoint/],
  ['an API that becomes public', packaged(), packaged(VPC), /goes to another endpoint/],
  ['other VPC endpoints', packaged(OTHER), packaged(VPC), /goes to another endpoint/],
  ['no default endpoint', atDomainOnly, packaged(), /at its own domain only/],
  ['no default endpoint so far', packaged(), atDomainOnly, /at its own domain only/],
])('what keeps a shadow from being asked: %s', (_, next, before, reason) => {
  const found = obstacleOf(next, before, undefined);
  if (reason === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(reason);
});

test('a stack whose last update failed has no template to go back to', () => {
  const stack = {
    template: packaged(),
    physicalIds: {},
    outputs: {},
    changedAt: new Date(),
    stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/kinesis-rest-proxy-dev/1',
    accountId: '',
    partition: 'aws',
  };
  const reason = (status: string) => obstacleOf(packaged(), packaged(), { ...stack, status });
  expect(reason('UPDATE_FAILED')).toMatch(/last update of the stack failed/);
  expect(reason('UPDATE_ROLLBACK_COMPLETE')).toBeUndefined();
});
