import { type TagRules, tagMap } from '../../core/tags';
import type { Bucket } from '../bucket';
import { PUBLIC_ACCESS_SETTINGS, type PublicAccessBlock } from '../bucket';
import { setBucketPolicy } from '../bucket-policy';
import { notImplementedHere, s3Error } from '../errors';
import { emptyAnswer, type Operation, xmlAnswer } from '../operation';
import { childText, parseXml, type XmlElement } from '../xml';

/** The part of a bucket that a subresource reads or replaces. */
export const bucketConfigurationOperations: Readonly<Record<string, Operation>> = {
  GetBucketVersioning: {
    method: 'GET',
    subresource: 'versioning',
    permission: 's3:GetBucketVersioning',
    run: (context) => xmlAnswer('VersioningConfiguration', { Status: context.bucket().versioning }),
  },
  PutBucketVersioning: {
    method: 'PUT',
    subresource: 'versioning',
    permission: 's3:PutBucketVersioning',
    run(context) {
      const configuration = parseXml(context.request.body.toString('utf8'));
      const status = childText(configuration, 'Status');
      if (childText(configuration, 'MfaDelete') === 'Enabled')
        throw notImplementedHere('MfaDelete');
      if (status === undefined) throw s3Error('IllegalVersioningConfigurationException');
      if (status !== 'Enabled' && status !== 'Suspended') throw s3Error('MalformedXML');
      context.bucket().versioning = status;
      return emptyAnswer(200);
    },
  },
  GetBucketEncryption: {
    method: 'GET',
    subresource: 'encryption',
    permission: 's3:GetEncryptionConfiguration',
    run: (context) =>
      xmlAnswer('ServerSideEncryptionConfiguration', {
        Rule: {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: context.bucket().encryption },
          BucketKeyEnabled: false,
        },
      }),
  },
  GetPublicAccessBlock: {
    method: 'GET',
    subresource: 'publicAccessBlock',
    permission: 's3:GetBucketPublicAccessBlock',
    run(context) {
      const block = context.bucket().publicAccessBlock;
      if (block === undefined) throw s3Error('NoSuchPublicAccessBlockConfiguration');
      return xmlAnswer('PublicAccessBlockConfiguration', block);
    },
  },
  PutPublicAccessBlock: {
    method: 'PUT',
    subresource: 'publicAccessBlock',
    permission: 's3:PutBucketPublicAccessBlock',
    run(context) {
      const configuration = parseXml(context.request.body.toString('utf8'));
      context.bucket().publicAccessBlock = publicAccessBlock(configuration);
      return emptyAnswer(200);
    },
  },
  DeletePublicAccessBlock: {
    method: 'DELETE',
    subresource: 'publicAccessBlock',
    permission: 's3:PutBucketPublicAccessBlock',
    run(context) {
      context.bucket().publicAccessBlock = undefined;
      return emptyAnswer(204);
    },
  },
  GetBucketTagging: {
    method: 'GET',
    subresource: 'tagging',
    permission: 's3:GetBucketTagging',
    run(context) {
      const { tags, name } = context.bucket();
      if (tags.size === 0) throw s3Error('NoSuchTagSet', '', { BucketName: name });
      const Tag = [...tags].map(([Key, Value]) => ({ Key, Value }));
      return xmlAnswer('Tagging', { TagSet: { Tag } });
    },
  },
  PutBucketTagging: {
    method: 'PUT',
    subresource: 'tagging',
    permission: 's3:PutBucketTagging',
    run(context) {
      context.bucket().tags = tagSet(parseXml(context.request.body.toString('utf8')));
      return emptyAnswer(204);
    },
  },
  DeleteBucketTagging: {
    method: 'DELETE',
    subresource: 'tagging',
    permission: 's3:PutBucketTagging',
    run(context) {
      context.bucket().tags = new Map();
      return emptyAnswer(204);
    },
  },
  GetBucketPolicy: {
    method: 'GET',
    subresource: 'policy',
    permission: 's3:GetBucketPolicy',
    run(context) {
      const bucket = context.bucket();
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: policyOf(bucket).document,
      };
    },
  },
  PutBucketPolicy: {
    method: 'PUT',
    subresource: 'policy',
    permission: 's3:PutBucketPolicy',
    run(context) {
      const { caller, body } = context.request;
      setBucketPolicy(context.bucket(), body.toString('utf8'), caller.arn);
      return emptyAnswer(204);
    },
  },
  DeleteBucketPolicy: {
    method: 'DELETE',
    subresource: 'policy',
    permission: 's3:DeleteBucketPolicy',
    run(context) {
      context.bucket().policy = undefined;
      return emptyAnswer(204);
    },
  },
};

function policyOf({ policy, name }: Bucket) {
  if (policy === undefined) throw s3Error('NoSuchBucketPolicy', '', { BucketName: name });
  return policy;
}

function publicAccessBlock(configuration: XmlElement): PublicAccessBlock {
  const settings = PUBLIC_ACCESS_SETTINGS.map((setting) => {
    const value = childText(configuration, setting)?.trim().toLowerCase() ?? 'false';
    if (value !== 'true' && value !== 'false') throw s3Error('MalformedXML');
    return [setting, value === 'true'];
  });
  return Object.fromEntries(settings) as PublicAccessBlock;
}

const invalidTag = (message: string, details: Readonly<Record<string, string>>) =>
  s3Error('InvalidTag', message, details);

/** Texts: moto's verified tests (test_s3_tagging.py), and L, test_s3_api.py. */
const TAG_RULES: TagRules = {
  refusals: {
    duplicate: ({ Key: TagKey }) =>
      invalidTag('Cannot provide multiple Tags with the same key', { TagKey }),
    reserved: ({ Key: TagKey }) =>
      invalidTag('System tags cannot be added/updated by requester', { TagKey }),
    key: ({ Key: TagKey }) => invalidTag('The TagKey you have provided is invalid', { TagKey }),
    value: ({ Key: TagKey, Value: TagValue }) =>
      invalidTag('The TagValue you have provided is invalid', { TagKey, TagValue }),
    count: () => s3Error('BadRequest', 'Bucket tag count cannot be greater than 50'),
  },
};

function tagSet(tagging: XmlElement): Map<string, string> {
  const set = tagging.children.find(({ name }) => name === 'TagSet');
  if (set === undefined) throw s3Error('MalformedXML');
  const tags = set.children.map((tag) => {
    const Key = childText(tag, 'Key');
    const Value = childText(tag, 'Value');
    if (tag.name !== 'Tag' || Key === undefined || Value === undefined) {
      throw s3Error('MalformedXML');
    }
    return { Key, Value };
  });
  return tagMap(tags, TAG_RULES);
}
