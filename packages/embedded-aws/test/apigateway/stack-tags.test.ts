import { createApiGateway } from '../../src/apigateway';
import { stackOf } from './stack';

// Recorded: LocalStack's test_cfn_deploy_apigateway_from_s3_swagger (15-07-2025) and
// test_update_usage_plan (13-09-2024).
const own = {
  'aws:cloudformation:stack-name': 'stack',
  'aws:cloudformation:stack-id': 'arn:aws:cloudformation:us-east-1:000000000000:stack/stack/1',
};

describe('CloudFormation tags what it makes with its stack and logical id', () => {
  it('APIs, also when they change', async () => {
    const apiGateway = createApiGateway();
    const stack = stackOf(apiGateway);
    const api = (id: string) => apiGateway.store.all().flatMap(({ restApis }) => restApis.get(id));

    const { physicalId } = await stack.create('RestApi', { Name: 'a' }, 'RestApi');
    const created = api(physicalId)[0]?.tags;
    await stack.update('RestApi', physicalId, { Name: 'a', Tags: [{ Key: 'team', Value: 'x' }] });

    const system = { ...own, 'aws:cloudformation:logical-id': 'RestApi' };
    expect(created).toEqual(system);
    expect(api(physicalId)[0]?.tags).toEqual({ ...system, team: 'x' });
  });
});
