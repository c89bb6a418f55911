import type { CompiledTemplate } from '../../hooks/framework';
import { endpointOf, endpoints } from '../../resources/endpoints';
import { logicalIds } from '../../resources/logical-ids';
import { properties } from '../faults/damage';
import { deployStage, type Stage } from '../faults/stage';
import { verifyStage } from '../faults/verify-fault';

// A verification beside the stage's clients, where endpoints have limits of their own.

/** Limits and verification are so much faster than on AWS, that the run takes seconds. */
const SPEED = 20;

function spedUp(template: CompiledTemplate): void {
  const [, ...own] = properties<{
    MethodSettings: { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }[];
  }>(template, logicalIds.stage).MethodSettings;
  for (const setting of own) {
    setting.ThrottlingRateLimit *= SPEED;
    setting.ThrottlingBurstLimit *= SPEED;
  }
}

/** A client that lists streams as often as it may beside a verification, until it is stopped. */
function client({ target, transport }: Stage) {
  const { rate = 0 } = endpointOf('ListStreams').throttle ?? {};
  const answers: number[] = [];
  const timer = setInterval(
    async () => {
      const request = new Request(`${target.invokeUrl}/streams`);
      answers.push((await transport(request)).status);
    },
    1_000 / ((rate / 2) * SPEED),
  );
  return { answers, stop: () => clearInterval(timer) };
}

test('takes no more than half of a limit, so that neither it nor a client is throttled', async () => {
  const stage = await deployStage({
    parameters: { endpointThrottles: 'true' },
    template: spedUp,
  });
  const lister = client(stage);

  const { results, tally } = await verifyStage(stage, {
    // The template is not that of the checkout.
    comparesCheckout: false,
    pace: { rateFactor: SPEED, retryMs: 5_000 },
  }).finally(lister.stop);

  expect(results.filter(({ outcome }) => outcome.status !== 'passed')).toEqual(
    results.filter(({ outcome }) => outcome.status === 'skipped'),
  );
  expect(tally.faulty).toBe(0);
  expect(lister.answers.length).toBeGreaterThan(5);
  expect(new Set(lister.answers)).toEqual(new Set([200]));
});

test('an endpoint whose limit is taken up by clients is not blamed', async () => {
  const stage = await deployStage({ parameters: { endpointThrottles: 'true' } });
  const url = `${stage.target.invokeUrl}/streams`;
  const { burst = 0 } = endpointOf('ListStreams').throttle ?? {};
  const taken = await Promise.all(
    Array.from({ length: burst + 1 }, () => stage.transport(new Request(url))),
  );
  const refused = taken.filter(({ status }) => status === 429);

  const { results } = await verifyStage(stage, { pace: { rateFactor: Number.POSITIVE_INFINITY } });

  expect(refused).not.toEqual([]);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(await refused[0]?.json()).toMatchObject({ code: 'ThrottlingException' });
  expect(results.filter(({ outcome }) => outcome.status === 'failed')).toEqual([]);
  const unasked = results.filter(({ outcome }) => outcome.status === 'unasked');
  expect(unasked.map(({ outcome }) => 'because' in outcome && outcome.because)).toContainEqual(
    expect.stringMatching(/^GET \/streams is throttled by the stage .*its clients/),
  );
});

test('the limits are those that the endpoints declare, and end with the parameter', async () => {
  const settingsWith = async (endpointThrottles: string, manageStreams: string) => {
    const { target, transport } = await deployStage({
      parameters: { endpointThrottles, manageStreams },
    });
    const codes = new Map<string, number>();
    for (const { id, method, path, throttle } of endpoints.filter(
      ({ method }) => method === 'GET',
    )) {
      const url = target.invokeUrl + path.replace('{stream-name}', 'orders');
      const count = (throttle?.burst ?? 0) + 1 + (throttle?.rate ?? 0);
      const answers = await Promise.all(
        Array.from({ length: count }, () => transport(new Request(url, { method }))),
      );
      codes.set(id, answers.filter(({ status }) => status === 429).length);
    }
    return Object.fromEntries(codes);
  };
  const throttled = endpoints.filter(({ method, throttle }) => method === 'GET' && throttle);

  const on = await settingsWith('true', 'false');
  const off = await settingsWith('false', 'true');

  expect(Object.keys(on).filter((id) => (on[id] ?? 0) > 0)).toEqual(throttled.map(({ id }) => id));
  expect(Object.values(off).every((count) => count === 0)).toBe(true);
});
