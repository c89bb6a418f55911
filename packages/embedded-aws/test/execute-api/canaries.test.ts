import { apiUnderTest } from './api-under-test';

const TOLD = '$context.isCanaryRequest $stageVariables.color $stageVariables.size';

/** A stage, and a canary of a newer deployment that gets this part of the requests. */
async function stageWithCanary(PercentTraffic: number) {
  const logs: string[] = [];
  const { stack, restApiId, route, deploy, call } = await apiUnderTest({
    options: { writeExecutionLog: (_scope, group) => logs.push(group) },
  });
  const template = (name: string) => ({
    integration: {
      Type: 'MOCK',
      RequestTemplates: { 'application/json': '{"statusCode": 200}' },
      IntegrationResponses: [
        { StatusCode: '200', ResponseTemplates: { 'application/json': `${name} ${TOLD}` } },
      ],
    },
    properties: { MethodResponses: [{ StatusCode: '200' }] },
  });
  await route({ path: '/old', ...template('old') });
  await deploy({
    Variables: { color: 'blue', size: 's' },
    MethodSettings: [{ ResourcePath: '/*', HttpMethod: '*', LoggingLevel: 'INFO' }],
  });
  await route({ path: '/new', ...template('new') });
  const canary = () =>
    stack.create('Deployment', {
      RestApiId: restApiId,
      StageName: 'dev',
      DeploymentCanarySettings: { PercentTraffic, StageVariableOverrides: { color: 'red' } },
    });
  return { call, canary, logs };
}

// Recorded: L test_invoking_canary_deployment, 30-05-2025; the log group is documented.
describe('a canary', () => {
  test('with all traffic answers with its deployment, variables and log', async () => {
    const { call, canary, logs } = await stageWithCanary(100);
    const before = await call({ path: '/old' });
    await canary();

    const old = await call({ path: '/old' });
    const { text } = await call({ path: '/new' });

    expect(before.text).toBe('old  blue s');
    expect(old.text).toBe('old true red s');
    expect(text).toBe('new true red s');
    expect(logs[0]).toMatch(/^API-Gateway-Execution-Logs_\w+\/dev$/);
    expect(logs.at(-1)).toBe(`${logs[0]}/Canary`);
  });

  test('without traffic leaves the stage as it was', async () => {
    const { call, canary } = await stageWithCanary(0);
    await canary();

    const old = await call({ path: '/old' });
    const { status } = await call({ path: '/new' });

    expect(old.text).toBe('old false blue s');
    expect(status).toBe(403);
  });
});
