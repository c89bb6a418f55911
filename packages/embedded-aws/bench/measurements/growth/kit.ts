import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { compare } from 'dev-kit/bench/client/compare';
import { apiRequest } from 'dev-kit/bench/client/requests';
import { sdkOf } from 'dev-kit/bench/client/sdk';
import type { Pace } from 'dev-kit/bench/measurement';
import type { Server } from 'dev-kit/bench/processes/server';
import { ms, type Table, times } from 'dev-kit/bench/report/table';
import { median } from 'dev-kit/bench/statistics';
import { type ApiForm, apiTemplate, calledBy, stageName } from './api-template';

/** The server that growth is measured on, and clients for it. */
export interface Site {
  readonly pace: Pace;
  readonly aws: Server;
  readonly cloudFormation: CloudFormationClient;
  readonly apiGateway: APIGatewayClient;
  readonly s3: S3Client;
}

/** How the cost of something grew: a table, and by what factors. */
export interface Found {
  readonly table: Table;
  readonly figures: Readonly<Record<string, number>>;
}

const BUCKET = 'bench-templates';

export async function openSite(pace: Pace, aws: Server): Promise<Site> {
  const sdk = sdkOf(aws.port);
  const s3 = new S3Client({ ...sdk, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const cloudFormation = new CloudFormationClient(sdk);
  return { pace, aws, cloudFormation, apiGateway: new APIGatewayClient(sdk), s3 };
}

export function closeSite({ cloudFormation, apiGateway, s3 }: Site): void {
  for (const client of [cloudFormation, apiGateway, s3]) client.destroy();
}

/** How often a waiter looks, in seconds. */
const POLL = { minDelay: 0.005, maxDelay: 0.005, maxWaitTime: 60 };

/** @returns how long it took from CreateStack until CREATE_COMPLETE, in milliseconds */
export async function createStack(site: Site, StackName: string, form: ApiForm): Promise<number> {
  const { cloudFormation: client, s3 } = site;
  // From S3, because a template in a request may have 51,200 bytes at most.
  const Body = JSON.stringify(apiTemplate(form));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: StackName, Body }));
  const TemplateURL = `https://s3.amazonaws.com/${BUCKET}/${StackName}`;
  return timed(async () => {
    await client.send(new CreateStackCommand({ StackName, TemplateURL }));
    await waitUntilStackCreateComplete({ client, ...POLL }, { StackName });
  });
}

/** Updates a stack with nothing but a tag of its own. */
export async function updateTags(
  { cloudFormation: client }: Site,
  StackName: string,
  update: number,
): Promise<void> {
  const Tags = [{ Key: 'update', Value: String(update) }];
  await client.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true, Tags }));
  await waitUntilStackUpdateComplete({ client, ...POLL }, { StackName });
}

export async function deleteStack(
  { cloudFormation: client }: Site,
  StackName: string,
): Promise<void> {
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client, ...POLL }, { StackName });
}

export async function apiIdOf({ cloudFormation }: Site, StackName: string): Promise<string> {
  const { Stacks: [stack] = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName }),
  );
  return stack?.Outputs?.[0]?.OutputValue ?? '';
}

/** A call of a method of a stack's API. @param method counted from 1 */
export async function callOf(
  site: Site,
  stack: string,
  method: number,
  { stage = 1, headers = {} }: { stage?: number; headers?: Readonly<Record<string, string>> } = {},
): Promise<Buffer> {
  const id = await apiIdOf(site, stack);
  const { verb, path } = calledBy(method);
  const url = `http://127.0.0.1:${site.aws.port}/_aws/execute-api/${id}/${stageName(stage)}`;
  return apiRequest(url, verb, path, { headers });
}

/**
 * An account may send its APIs 10,000 requests a second, and 5,000 more at once; the gateway can
 * answer more than that. So that no round is throttled, it is short, and one connection's.
 */
const UNTHROTTLED = { connections: 1, mostRequests: 1_000 };

export interface Called {
  readonly few: { readonly serverCpu: number };
  readonly many: { readonly serverCpu: number };
}

/** Calls two methods in turns. */
export async function compareCalls(
  { pace, aws }: Site,
  few: Buffer,
  many: Buffer,
): Promise<Called> {
  const { connections, mostRequests } = UNTHROTTLED;
  const subject = (request: Buffer) => ({ server: aws, requests: [request], mostRequests });
  return compare(pace, connections, { few: subject(few), many: subject(many) });
}

export const ratio = ({ few, many }: Called): number => many.serverCpu / few.serverCpu;

export const callRow = (label: string, called: Called): string[] => [
  `${label}, CPU`,
  ms(called.few.serverCpu),
  ms(called.many.serverCpu),
  times(ratio(called)),
];

/** A row of durations, of which the medians count. */
export const timeRow = (
  label: string,
  few: readonly number[],
  many: readonly number[],
): string[] => [label, ms(median(few)), ms(median(many)), times(median(many) / median(few))];

export async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}
