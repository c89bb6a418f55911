import { checkAgainstDeployed } from '../../../hooks/contracts/evolution';
import type { Serverless, Utils } from '../../../hooks/framework';
import { breakingSchemas, samplesOf } from '../../../resources/contracts/evolution';
import type { DeclaredStream } from '../../../resources/streams/declared';
import {
  declaredOnDev,
  deployInProcess,
  type InProcessStage,
} from '../../support/in-process-stage';

const STREAMS = { orders: { schema: 'schemas/order.json' }, clicks: {} };

/** The declared streams, with another schema and sample for orders. */
function changed(change: object, sample: object): DeclaredStream[] {
  return declaredOnDev(STREAMS).map((stream) => {
    const { contract } = stream;
    if (contract === undefined) return stream;
    const event = { ...JSON.parse(contract.sample), ...sample };
    const schema = { ...contract.schema, ...change };
    return { ...stream, contract: { ...contract, schema, sample: JSON.stringify(event) } };
  });
}

const NEW_MEMBER = { required: ['orderId', 'channel'], additionalProperties: true };
const breaking = changed(NEW_MEMBER, { channel: 'web' });
const compatible = changed({ required: ['orderId'] }, { note: null });

test('a schema breaks where it refuses an earlier sample', () => {
  const before = samplesOf(declaredOnDev(STREAMS));

  expect(before).toMatchObject([{ name: 'orders' }]);
  expect(breakingSchemas(before, compatible)).toEqual([]);
  expect(breakingSchemas([], breaking)).toEqual([]);
  expect(breakingSchemas(before, breaking)).toEqual([
    {
      name: 'orders',
      schemaFile: 'schemas/order.json',
      reasons: ["the event must have required property 'channel'"],
    },
  ]);
});

describe('before a stage is updated', () => {
  let stage: InProcessStage;
  beforeAll(async () => {
    stage = await deployInProcess({}, undefined, {}, undefined, STREAMS);
  });

  async function check(declared: readonly DeclaredStream[], accepted?: string, name = 'dev') {
    const warnings: string[] = [];
    const serverless = {
      service: {
        service: 'kinesis-rest-proxy',
        custom: { kinesisRestProxy: { streams: declared } },
      },
      getProvider: () => ({
        getStage: () => name,
        getRegion: () => 'us-east-1',
        naming: { getStackName: () => 'kinesis-rest-proxy-dev' },
        getAwsSdkV3Config: async () => stage.sdk(),
      }),
    } as unknown as Serverless;
    const utils = { log: { warning: (text: string) => warnings.push(text) } } as unknown as Utils;
    await checkAgainstDeployed(serverless, utils, accepted);
    return warnings;
  }

  test('a schema that takes what it took is taken', async () => {
    expect(await check(compatible)).toEqual([]);
  });

  test('one that does not is refused, with the reason and the way', async () => {
    await expect(check(breaking)).rejects.toThrow(
      /^orders: schemas\/order\.json refuses the sample that stage dev has taken until now: the event must have required property 'channel'\.\n.*docs\/events\.md#when-a-schema-changes\.\n.*--breaking-schema orders$/,
    );
  });

  test('its name lets it pass, and another does not', async () => {
    expect(await check(breaking, 'clicks, orders')).toEqual([]);
    await expect(check(breaking, 'clicks')).rejects.toThrow('--breaking-schema orders');
  });

  test('on a laptop, where nobody loses an event, it is a warning', async () => {
    expect(await check(breaking, undefined, 'local')).toEqual([
      expect.stringMatching(/^orders: schemas\/order\.json refuses the sample/),
    ]);
  });
});
