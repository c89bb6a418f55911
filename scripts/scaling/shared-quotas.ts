import { endpoints } from '../../resources/endpoints';
import { KINESIS_QUOTAS, kinesisQuota } from '../../resources/kinesis-quotas';
import { count, table } from './format';
import { QUOTAS } from './sources';

const INTRODUCTION = `## Quotas that are shared

Some of Kinesis's actions may be called a few times a second only, by all programs of the account together, or on a shard by all its readers. A client that lists streams in a loop would take them from the account's other programs. So these endpoints have limits of their own, far below the stage's, in their files in [resources/endpoints](../resources/endpoints) (\`throttle\`). Quotas are those of [Kinesis quotas and limits](${QUOTAS.shards.source.url}).`;

function quotaTable(): string {
  const rows = endpoints.flatMap(({ method, path, action, throttle }) => {
    const quota = kinesisQuota(action);
    if (quota === undefined || throttle === undefined) return [];
    return [
      [
        `${method} ${path}`,
        action,
        `${count(quota.rate)} a second and ${quota.of}`,
        `${throttle.rate} a second, ${throttle.burst} at once`,
        `${count(Math.min(throttle.rate / 2, quota.of === 'account' ? quota.rate / 5 : Number.POSITIVE_INFINITY))} a second`,
      ],
    ];
  });
  return table(['endpoint', 'action', 'quota', 'limit of its own', 'verification takes'], rows);
}

const RULES = `- A client beyond the limit gets 429 with \`ThrottlingException\` and \`Retry-After: 1\`, like one beyond the stage's. [retries.md](retries.md) says what to do.
- API Gateway cannot count by stream or shard: a limit is for all of them together. A reader of many shards needs more than the default of \`GET …/records\`, or, better, the SDK.
- The limits hold whatever \`throttleRate\` is. Has your account higher quotas, or does nothing else use it? Raise \`throttle\` in the endpoint's file, or leave all of them out with \`endpointThrottles=false\`, as on stage \`local\`.
- Under [somebody else's API](existing-api.md) the stage's settings are its owner's, and nothing is set. These commands do the same there, for a path below the root: \`aws apigateway update-stage --rest-api-id ID --stage-name STAGE --patch-operations op=replace,path=/~1streams/GET/throttling/rateLimit,value=2 op=replace,path=/~1streams/GET/throttling/burstLimit,value=2\`.
- Verification and canary take at most half of an endpoint's limit and a fifth of a quota of the account, evenly spaced, whether they call the API, Kinesis (DescribeStreamSummary: ${KINESIS_QUOTAS.DescribeStreamSummary.rate / 5} of ${KINESIS_QUOTAS.DescribeStreamSummary.rate} a second, AddTagsToStream: ${KINESIS_QUOTAS.AddTagsToStream.rate / 5} of ${KINESIS_QUOTAS.AddTagsToStream.rate}) or a method as in the console; and half of the ten commands a second that API Gateway takes from an account. Their reads through the SDK are of the throw-away stream's own shard. On the stage where a new version is verified, which no client knows, they take all of an endpoint's limit. On this machine, where the account is nobody else's, only a stage's own limits slow them down.`;

/** The chapter on quotas that the account's programs share. */
export const sharedQuotas = (): string[] => [INTRODUCTION, quotaTable(), RULES];
