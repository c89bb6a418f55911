import { partitionOf } from '../../core/caller';
import { generatedName } from '../../core/generated-name';
import {
  type About,
  changes,
  type HandlerNeeds,
  has,
  type Need,
  passRole,
  when,
} from '../../core/handler-needs';
import { objectOf, textProperty } from '../../core/properties';
import type { Properties } from '../../core/resource-handler';

/** The actions on the function that a resource is, or is about. */
function on({ context, properties, physicalId }: About, isFunction = false) {
  const { accountId, region } = context.caller;
  const given = textProperty(properties, 'FunctionName') ?? '';
  const named = (isFunction && physicalId) || given || generatedName(context, 64);
  const name = named.replace(/^arn:.*:function:/, '');
  const resource = `arn:${partitionOf(region)}:lambda:${region}:${accountId}:function:${name}`;
  return (action: string): Need => ({ action: `lambda:${action}`, resource });
}

/** The actions on an event source mapping, whose id nobody knows before it is created. */
function onMapping({ context, physicalId }: About) {
  const { accountId, region } = context.caller;
  const id = physicalId || '*';
  const resource = `arn:${partitionOf(region)}:lambda:${region}:${accountId}:event-source-mapping:${id}`;
  return (action: string): Need => ({ action: `lambda:${action}`, resource });
}

const ofFunction = (about: About) => ({ 'lambda:FunctionArn': on(about)('').resource });

const passed = ({ properties }: About): readonly Need[] => [
  passRole(textProperty(properties, 'Role') ?? '', 'lambda.amazonaws.com'),
];

/** Reading the code, where it is an object. */
function code({ context, properties }: About): readonly Need[] {
  const {
    S3Bucket: bucket,
    S3Key: key,
    S3ObjectVersion: version,
  } = objectOf(properties.Code) as Properties;
  if (bucket === undefined) return [];
  const resource = `arn:${partitionOf(context.caller.region)}:s3:::${bucket}/${key}`;
  return [{ action: version === undefined ? 's3:GetObject' : 's3:GetObjectVersion', resource }];
}

export const lambdaNeeds: Readonly<Record<string, HandlerNeeds>> = {
  'AWS::Lambda::Function': {
    create: (about) => [
      on(about, true)('CreateFunction'),
      ...passed(about),
      ...code(about),
      ...when(has(about.properties, 'Tags'), on(about, true)('TagResource')),
    ],
    read: (about) => [on(about, true)('GetFunction')],
    update: (about) => [
      ...when(changes(about, 'Code'), on(about, true)('UpdateFunctionCode'), ...code(about)),
      ...when(
        Object.keys({ ...about.properties, ...about.previous }).some(
          (name) => !['Code', 'Tags'].includes(name) && changes(about, name),
        ),
        on(about, true)('UpdateFunctionConfiguration'),
        ...when(changes(about, 'Role'), ...passed(about)),
      ),
      ...when(
        changes(about, 'Tags'),
        ...['ListTags', 'TagResource', 'UntagResource'].map(on(about, true)),
      ),
    ],
    delete: (about) => [on(about, true)('GetFunction'), on(about, true)('DeleteFunction')],
  },
  'AWS::Lambda::Permission': {
    create: (about) => [on(about)('AddPermission')],
    read: (about) => [on(about)('GetPolicy')],
    update: () => [],
    delete: (about) => [on(about)('RemovePermission')],
  },
  'AWS::Lambda::EventInvokeConfig': {
    create: (about) => [on(about)('PutFunctionEventInvokeConfig')],
    read: (about) => [on(about)('GetFunctionEventInvokeConfig')],
    update: (about) => [on(about)('UpdateFunctionEventInvokeConfig')],
    delete: (about) => [on(about)('DeleteFunctionEventInvokeConfig')],
  },
  'AWS::Lambda::EventSourceMapping': {
    create: (about) => [
      { ...onMapping(about)('CreateEventSourceMapping'), resource: '*', values: ofFunction(about) },
      ...when(has(about.properties, 'Tags'), onMapping(about)('TagResource')),
    ],
    read: (about) => [onMapping(about)('GetEventSourceMapping')],
    update: (about) => [
      onMapping(about)('UpdateEventSourceMapping'),
      ...when(changes(about, 'Tags'), ...['TagResource', 'UntagResource'].map(onMapping(about))),
    ],
    delete: (about) => ['GetEventSourceMapping', 'DeleteEventSourceMapping'].map(onMapping(about)),
  },
  'AWS::Lambda::Version': {
    create: (about) => [on(about)('PublishVersion')],
    read: (about) => [on(about)('ListVersionsByFunction')],
    update: () => [],
    delete: (about) => [on(about)('DeleteFunction')],
  },
};
