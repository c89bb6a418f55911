import { encryptionKeys } from '../../stage/target';
import { ask, expectEqual, jsonObject } from '../ask';
import { type Check, type CheckContext, CheckFailure } from '../check';
import { asData } from '../records';
import { encryptStream } from '../throw-away-stream';
import { ofEndpoint } from './define';

/** The key of AWS's own for Kinesis, which callers need no permission for. */
const AWS_MANAGED = /(^|:)alias\/aws\/kinesis$/;
const ALIAS = /(^|:)alias\//;

/** Streams that are encrypted with KMS keys of one's own. */
export const encryptionChecks = {
  OwnStream: ofEndpoint('DescribeStream', {
    title: "the stage's own stream is encrypted with no key but the stage's",
    writes: false,
    skipReason: ({ parameters: { streams } }) =>
      /[*?]/.test(streams) ? 'streams is a pattern' : undefined,
    async run(context) {
      const { streams: stream } = context.target.parameters;
      const answer = await ask(context, 'DescribeStream', [200, 404], { stream });
      if (answer.status === 404) {
        context.note(`there is no stream ${stream} yet`);
        return {};
      }
      const { EncryptionType: type, KeyId: key = '' } = (jsonObject(answer).StreamDescription ??
        {}) as Record<string, unknown>;
      const keyId = String(key);
      if (type !== 'KMS' || AWS_MANAGED.test(keyId)) return {};
      if (ALIAS.test(keyId)) {
        context.note(`which key is behind ${keyId} is not looked up`);
        return {};
      }
      const isKnown = encryptionKeys(context.target).some(
        (arn) => arn === keyId || arn.endsWith(`/${keyId}`),
      );
      if (isKnown) return {};
      throw new CheckFailure(
        `the stream ${stream} is encrypted with the key ${keyId}, which neither the parameter kmsKeyArns nor a declared stream has: through the API it can be neither written nor read`,
        answer,
      );
    },
  }),

  Encrypted: ofEndpoint('PutRecord', {
    title: "records are encrypted with the stage's key",
    requires: ['stream'],
    skipReason: (target) =>
      encryptionKeys(target).length === 0 ? 'no keys of its own' : undefined,
    async run(context) {
      await putEncrypted(context);
      return {};
    },
  }),

  EachKey: ofEndpoint('PutRecord', {
    title: "records are encrypted with each other key of the stage's",
    requires: ['stream'],
    skipReason: (target) => (encryptionKeys(target).length < 2 ? 'no second key' : undefined),
    async run(context) {
      for (const key of encryptionKeys(context.target).slice(1)) {
        context.progress(`encrypting the stream with ${key}`);
        await encryptStream(context, key);
        await putEncrypted(context);
      }
      return {};
    },
  }),
} as const satisfies Record<string, Check>;

async function putEncrypted(context: CheckContext): Promise<void> {
  const body = { Data: asData('encrypted'), PartitionKey: 'encrypted' };
  const answer = await ask(context, 'PutRecord', 200, { body });
  expectEqual(answer, 'EncryptionType', jsonObject(answer).EncryptionType, 'KMS');
}
