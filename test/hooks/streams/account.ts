import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateStreamCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { createAws } from 'embedded-aws';
import { answeredBy } from 'embedded-aws/in-process';
import type { CompiledTemplate } from '../../../hooks/framework';
import { readStack } from '../../../hooks/stage/load-target';
import { checkStreams, type StreamFindings } from '../../../hooks/streams/check';
import type { StreamSettings } from '../../../resources/streams/declaration';
import { type DeclaredStream, declaredStreams } from '../../../resources/streams/declared';
import { streamResources } from '../../../resources/streams/streams';
import { type Config, deployStack } from '../../support/deploy-stack';

export const STACK = 'shop-dev';

/** The streams of a declaration, named after themselves unless it says otherwise. */
export function declared(streams: Readonly<Record<string, StreamSettings>>): DeclaredStream[] {
  const named = Object.entries(streams).map(([name, settings]) => [
    name,
    { streamName: name, ...settings },
  ]);
  return declaredStreams(Object.fromEntries(named), { stage: 'dev', folder: '.' });
}

/** What a stack has besides, so that it never is without resources. */
const OTHERS = { Other: { Type: 'AWS::Logs::LogGroup', Properties: {} } };

/** @param kmsKeyArns the parameter of the stage */
export const templateOf = (streams: readonly DeclaredStream[], kmsKeyArns = ''): CompiledTemplate =>
  structuredClone({
    Metadata: { KinesisRestProxy: { parameters: { kmsKeyArns }, streams } },
    Resources: { ...OTHERS, ...streamResources(streams) },
  }) as CompiledTemplate;

/** An account with streams and stacks, in this process. */
export function account() {
  const aws = createAws({ kinesis: { createMs: 0, updateMs: 0, deleteMs: 0 } });
  const config: Config = {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4566',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: answeredBy((request) => aws.handle(request)),
  } as Config;
  const kinesis = new KinesisClient(config);
  const cloudFormation = new CloudFormationClient(config);
  const stack = () => readStack({ stackName: STACK, config });
  return {
    config,
    kinesis,
    cloudFormation,
    stack,
    create: (StreamName: string, ShardCount = 2) =>
      kinesis.send(new CreateStreamCommand({ StreamName, ShardCount })),
    deploy: (streams: Parameters<typeof declared>[0], name = STACK, kmsKeyArns = '') =>
      deployStack(config, name, templateOf(declared(streams), kmsKeyArns)),
    async check(
      streams: Parameters<typeof declared>[0],
      more: { readonly imports?: boolean; readonly goesBack?: boolean } = {},
    ): Promise<StreamFindings> {
      return checkStreams(
        { kinesis, cloudFormation },
        {
          stage: 'dev',
          template: templateOf(declared(streams)),
          declared: declared(streams),
          stack: await stack(),
          imports: false,
          goesBack: false,
          costs: true,
          ...more,
        },
      );
    },
  };
}
