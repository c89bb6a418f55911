import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { IAMClient } from '@aws-sdk/client-iam';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { runCanary } from '../../hooks/canary/run';
import { environmentOf } from '../../hooks/canary/target';
import { endpoints } from '../../resources/endpoints';
import { CANARY_REQUESTS, canaryCost, runRequests, runSeconds } from '../../scripts/scaling/canary';
import { deployInProcess } from '../support/in-process-stage';

test('a run sends about as many requests as the docs say', async () => {
  const stage = await deployInProcess({ canary: 'rate(5 minutes)' });
  const config = stage.sdk();
  const sent = new Map<string, number>();
  const transport: typeof fetch = (input, init) => {
    const { method, url } = input as Request;
    const path = new URL(url).pathname.replace(/^.*\/dev/, '');
    const found = endpoints.find(
      (each) =>
        each.method === method &&
        new RegExp(`^${each.path.replace('{stream-name}', '[^/]+')}$`).test(path),
    );
    if (found) sent.set(found.id, (sent.get(found.id) ?? 0) + 1);
    return stage.transport(input, init);
  };

  await runCanary(
    { ...environmentOf(await stage.target()), AWS_REGION: 'us-east-1' },
    {
      kinesis: new KinesisClient(config),
      apiGateway: new APIGatewayClient(config),
      iam: new IAMClient(config),
    },
    () => {},
    transport,
  );

  // A check more or less is no reason to correct the docs; an endpoint's worth of them is.
  for (const [id, documented] of Object.entries(CANARY_REQUESTS)) {
    const difference = Math.abs((sent.get(id) ?? 0) - documented);
    expect({ id, isNear: difference <= Math.max(5, documented / 4) }).toEqual({ id, isNear: true });
  }
});

test('a day costs by its runs', () => {
  const [often, seldom] = [canaryCost(5), canaryCost(60)];

  expect(often.runs).toBe(288);
  expect(seldom.requests).toBe(24 * runRequests);
  expect(often.gateway / seldom.gateway).toBeCloseTo(12, 6);
  expect(often.metrics).toBe(seldom.metrics);
  expect(seldom.kinesis[1]).toBeGreaterThan(24 * 0.015);
  expect(seldom.kinesis[0]).toBeLessThan(seldom.kinesis[1] / 10);
  expect(runSeconds).toBeLessThan(300);
});
