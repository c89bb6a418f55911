import type { Caller } from '../core/caller';
import { AwsError } from '../core/errors';
import {
  listMember,
  type QueryInput,
  requiredText,
  structureMember,
  textMember,
} from '../core/protocol/query';
import { checkTags, RESERVED_TAG, type TagRules } from '../core/tags';
import { atMost } from '../core/validation';
import { constraintViolated, validationError } from './json';
import { type GivenParameter, resolveParameters } from './parameters';
import { QUOTAS } from './quotas';
import { requestedRollback } from './rollback-configuration';
import type { Stack, StackDefinition, Tag } from './stack';
import { parseTemplate, type Template } from './template';

/** Downloads the template at a TemplateURL. */
export type ReadTemplate = (url: string, caller: Caller) => Promise<string>;

/**
 * The template of a request: in the body, at a URL, or the previous one.
 * @throws AwsError ValidationError in CloudFormation's words
 */
export async function requestedTemplate(
  input: QueryInput,
  caller: Caller,
  readTemplate: ReadTemplate,
  stack?: Stack,
): Promise<Template> {
  const body = textMember(input, 'TemplateBody');
  const url = textMember(input, 'TemplateURL');
  const usePrevious = textMember(input, 'UsePreviousTemplate') === 'true';
  if ([body !== undefined, url !== undefined, usePrevious].filter(Boolean).length !== 1) {
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  if (body !== undefined) {
    if (Buffer.byteLength(body) > QUOTAS.bodyBytes) {
      const shown = `${body.slice(0, 100)}…`;
      throw constraintViolated('templateBody', shown, atMost('length', QUOTAS.bodyBytes));
    }
    return parseTemplate(body);
  }
  if (url !== undefined) return parseTemplate(await fetchTemplate(url, caller, readTemplate));
  if (stack === undefined) throw validationError('There is no previous template to use.');
  return stack.definition.template;
}

async function fetchTemplate(
  url: string,
  caller: Caller,
  readTemplate: ReadTemplate,
): Promise<string> {
  const bucket = /^s3:\/\/([^/]+)/.exec(url)?.[1];
  if (bucket !== undefined) {
    // Recorded: LocalStack's test_create_stack_from_s3_template_url, 11-10-2023.
    throw validationError(`S3 error: Domain name specified in ${bucket} is not a valid S3 domain`);
  }
  if (!/^https?:\/\//.test(url)) {
    throw validationError('TemplateURL must be a supported URL.');
  }
  let body: string;
  try {
    body = await readTemplate(url, caller);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code === 'ValidationError') throw error;
    // CloudFormation reports any error of S3 as an invalid request.
    throw new AwsError('ValidationError', `S3 error: ${error.message}`, { cause: error });
  }
  if (Buffer.byteLength(body) > QUOTAS.bodyBytesInS3) {
    throw validationError(`Template may not exceed ${QUOTAS.bodyBytesInS3} bytes in size.`);
  }
  return body;
}

/**
 * The stack definition that a request asks for.
 * @param stack the current stack, for the values that the request keeps
 * @throws AwsError ValidationError in CloudFormation's words
 */
export async function requestedDefinition(
  input: QueryInput,
  caller: Caller,
  readTemplate: ReadTemplate,
  stack?: Stack,
): Promise<StackDefinition> {
  const template = await requestedTemplate(input, caller, readTemplate, stack);
  const previous = stack?.definition;
  assertAllowedTypes(template, texts(input, 'ResourceTypes'));
  const rollbackConfiguration = requestedRollback(input, previous?.rollbackConfiguration);
  return {
    template,
    parameters: resolveParameters(
      template.parameters,
      givenParameters(input),
      stack?.definition.parameters,
    ),
    tags: input.Tags === undefined && previous !== undefined ? previous.tags : requestedTags(input),
    capabilities: texts(input, 'Capabilities'),
    notificationArns:
      input.NotificationARNs === undefined && previous !== undefined
        ? previous.notificationArns
        : texts(input, 'NotificationARNs'),
    ...(rollbackConfiguration !== undefined && { rollbackConfiguration }),
  };
}

/** @throws AwsError ValidationError (text: LocalStack's test_update_with_resource_types, 19-11-2022) */
function assertAllowedTypes({ resources }: Template, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const isAllowed = (type: string) =>
    allowed.some((one) => (one.endsWith('::*') ? type.startsWith(one.slice(0, -1)) : one === type));
  const refused = [...resources.values()].find(({ type }) => !isAllowed(type));
  if (refused === undefined) return;
  throw validationError(
    `Resource type ${refused.type} is not allowed by parameter ResourceTypes [${allowed.join(', ')}]`,
  );
}

/** True if a request keeps the value that a parameter has. */
export function keepsParameters(input: QueryInput): boolean {
  return structures(input, 'Parameters').some((item) => flag(item, 'UsePreviousValue'));
}

function givenParameters(input: QueryInput): Map<string, GivenParameter> {
  return new Map(
    structures(input, 'Parameters').map((item): [string, GivenParameter] => {
      const key = requiredText(item, 'ParameterKey');
      const text = textMember(item, 'ParameterValue');
      if (flag(item, 'UsePreviousValue')) {
        if (text === undefined || text === '') return [key, { usePrevious: true }];
        // Text: github.com/widdix/cfn-create-or-update/pull/15.
        throw validationError(
          `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
        );
      }
      if (text === undefined) {
        throw validationError(`Parameters: [${key}] must have values`);
      }
      return [key, { text }];
    }),
  );
}

/** Texts: aws-quickstart/quickstart-examples#39 and elastic/cloud-on-k8s#9232 quote AWS. */
const TAG_RULES: TagRules = {
  refusals: {
    reserved: () => validationError(RESERVED_TAG),
    duplicate: () => validationError('Tags contain duplicate keys; tag keys must be unique'),
  },
};

function requestedTags(input: QueryInput): Tag[] {
  const tags = structures(input, 'Tags').map((item) => ({
    Key: requiredText(item, 'Key'),
    Value: textMember(item, 'Value') ?? '',
  }));
  checkTags(tags, TAG_RULES);
  return tags.map(({ Key: key, Value: value }) => ({ key, value }));
}

/** A list of strings. */
export function texts(input: QueryInput, name: string): string[] {
  return listMember(input, name).filter((item) => typeof item === 'string');
}

function structures(input: QueryInput, name: string): QueryInput[] {
  return listMember(input, name).filter((item) => typeof item !== 'string');
}

/** A member with a fixed set of values, which the model has checked. */
export function oneOf<Word extends string>(
  input: QueryInput,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = textMember(input, name);
  return words.find((candidate) => candidate === text);
}

/** An integer member, which the model has checked. */
export function integer(input: QueryInput, name: string): number | undefined {
  const text = textMember(input, name);
  return text === undefined || text === '' ? undefined : Number(text);
}

/** A boolean member; false if it is absent. */
export function flag(input: QueryInput, name: string): boolean {
  return textMember(input, name) === 'true';
}

/**
 * True for what is as it would be without the member, such as `DeploymentConfig.Mode=STANDARD`, which
 * the AWS CDK's CLI sends with every deployment.
 */
function changesNothing(value: QueryInput[string] | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string') return ['', 'false', 'STANDARD'].includes(value);
  return Object.values(value).every(changesNothing);
}

/**
 * True if a request wants no rollback, in one of the two ways to say so.
 * @throws AwsError for a deployment configuration that the embedded CloudFormation does not implement
 */
export function disablesRollback(input: QueryInput): boolean {
  const { DisableRollback, ...others } = structureMember(input, 'DeploymentConfig') ?? {};
  rejectMembers({ DeploymentConfig: others }, ['DeploymentConfig']);
  return flag(input, 'DisableRollback') || DisableRollback === 'true';
}

/**
 * Rejects members that the embedded CloudFormation does not implement.
 * @throws AwsError naming the member
 */
export function rejectMembers(input: QueryInput, names: readonly string[]): void {
  for (const name of names) {
    if (changesNothing(input[name])) continue;
    throw validationError(`The embedded AWS does not implement the parameter ${name}.`);
  }
}
