import type { Serverless, Utils } from '../../hooks/framework';
import ParametersPlugin from '../../hooks/parameters';
import { stageParameters } from '../../resources/parameters';

async function initialized(stage: string, authorization: string, param: string[] = [], more = {}) {
  const warning = jest.fn();
  const serverless = {
    service: { custom: { parameters: { ...stageParameters.default, authorization, ...more } } },
    classes: { Error },
    getProvider: () => ({ getStage: () => stage }),
  } as unknown as Serverless;
  const utils = { log: { warning } } as unknown as Utils;
  await new ParametersPlugin(serverless, { param }, utils).hooks.initialize?.();
  return warning;
}

test('a stage that is open to the world is deployed with a warning', async () => {
  const warning = await initialized('prod', 'NONE');
  expect(warning).toHaveBeenCalledWith(
    expect.stringMatching(/^Stage prod is open to the world: authorization is NONE\./),
  );
});

test.each([
  ['local', 'NONE'],
  ['prod', 'AWS_IAM'],
  ['prod', 'API_KEY'],
])('stage %s with %s needs none', async (stage, authorization) => {
  expect(await initialized(stage, authorization)).not.toHaveBeenCalled();
});

test('a Kafka REST proxy that records travel to in the clear is named', async () => {
  const warning = await initialized('prod', 'AWS_IAM', [], {
    kafkaRestUrl: 'http://kafka.example',
  });
  expect(warning).toHaveBeenCalledWith(
    expect.stringMatching(/^Stage prod sends records .*in the clear/),
  );
});

test.each([
  ['streams', "Parameter 'streams' is ''."],
  ['nothing=1', "Unknown parameter 'nothing'."],
])('--param %s is refused', async (param, message) => {
  await expect(initialized('dev', 'AWS_IAM', [param])).rejects.toThrow(message);
});
