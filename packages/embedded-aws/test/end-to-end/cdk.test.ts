import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeStreamSummaryCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { type LocalAws, startLocalAws } from '../../src';
import { ASSETS, cdkCli, SYNTHESIZERS, withCdk, writeAssembly } from './support/cdk';

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

withCdk('the CLI of the CDK, with each synthesizer that needs no SSM', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cdk-'));
  let aws: LocalAws;
  let cdk: ReturnType<typeof cdkCli>;
  let settings: { endpoint: string; region: string; credentials: typeof CREDENTIALS };

  beforeAll(async () => {
    aws = await startLocalAws({ port: 0 });
    settings = { endpoint: aws.url, region: 'us-east-1', credentials: CREDENTIALS };
    cdk = cdkCli(aws.url, folder);
    // CliCredentialsStackSynthesizer puts templates into the bucket of a bootstrap.
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: ASSETS }));
  });

  afterAll(async () => {
    await aws?.close();
    rmSync(folder, { recursive: true });
  });

  async function stackOf(StackName: string) {
    const client = new CloudFormationClient(settings);
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    const output = (key: string) =>
      Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    return { status: Stacks?.[0]?.StackStatus, stream: output('StreamName'), output };
  }

  async function openShards(StreamName: string | undefined) {
    const client = new KinesisClient(settings);
    const { StreamDescriptionSummary } = await client.send(
      new DescribeStreamSummaryCommand({ StreamName }),
    );
    return StreamDescriptionSummary?.OpenShardCount;
  }

  const forAll = ['--all', '--concurrency', '3'] as const;
  const deploy = (...options: readonly string[]) =>
    cdk('deploy', ...forAll, '--require-approval', 'never', '--progress', 'events', ...options);

  test('deploys, compares, changes and destroys an API with a stream, by change sets and without', async () => {
    // Act
    writeAssembly(folder, 1);
    await deploy();
    const deployed = await Promise.all(SYNTHESIZERS.map(stackOf));
    writeAssembly(folder, 2);
    const changed = await cdk('diff');
    await deploy('--method', 'direct');
    const shards = await Promise.all(deployed.map(({ stream }) => openShards(stream)));
    const updated = await Promise.all(SYNTHESIZERS.map(stackOf));
    await cdk('destroy', ...forAll, '--force');
    const left = await new CloudFormationClient(settings).send(
      new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] }),
    );

    // Assess
    expect(deployed.map(({ status }) => status)).toEqual(SYNTHESIZERS.map(() => 'CREATE_COMPLETE'));
    expect(changed.match(/\[~\] AWS::Kinesis::Stream/g)).toHaveLength(SYNTHESIZERS.length);
    expect(changed).toContain('Number of stacks with differences: 3');
    expect(updated.map(({ status }) => status)).toEqual(SYNTHESIZERS.map(() => 'UPDATE_COMPLETE'));
    expect(shards).toEqual([2, 2, 2]);
    expect(left.StackSummaries ?? []).toEqual([]);
  });
});
