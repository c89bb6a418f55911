import { AwsError } from '../../core/errors';
import { type QueryAction, type QueryInput, textMember } from '../../core/protocol/query';
import type { XmlValue } from '../../core/xml';
import { requiredCapabilities } from '../capabilities';
import { isObject, type JsonObject, member, validationError } from '../json';
import { scalarText } from '../parameters';
import { processedTemplate } from '../processed-template';
import { oneOf, rejectMembers, requestedTemplate } from '../request';
import { resourceType } from '../resource-types';
import type { ServiceContext } from '../service-context';
import type { Stack } from '../stack';
import { filled } from '../stack-answers';
import type { StackStore } from '../stack-store';
import type { Template } from '../template';
import { checkTemplate } from '../template-check';

/** The actions on templates. */
export function templateActions(service: ServiceContext): Record<string, QueryAction> {
  const { stores, readTemplate } = service;
  return {
    async ValidateTemplate(input, { caller }) {
      const template = await requestedTemplate(input, caller, readTemplate);
      checkTemplate(template);
      return {
        Description: template.description,
        Parameters: [...template.parameters].map(([key, declaration]) => ({
          ParameterKey: key,
          DefaultValue: scalarText(member(declaration, 'Default')),
          NoEcho: isNoEcho(declaration),
          Description: scalarText(member(declaration, 'Description')),
        })),
        ...capabilityAnswer(template),
      };
    },

    GetTemplate(input, { caller }) {
      const stage = oneOf(input, 'TemplateStage', ['Original', 'Processed']);
      const { stack, definition } = templateOwner(stores.in(caller), input);
      return {
        TemplateBody:
          stage === 'Original'
            ? definition?.template.body
            : definition && processedTemplate(definition, stack, caller),
        StagesAvailable: ['Original', 'Processed'],
      };
    },

    async GetTemplateSummary(input, { caller }) {
      rejectMembers(input, ['StackSetName', 'TemplateSummaryConfig', 'CallAs']);
      const stackName = textMember(input, 'StackName');
      const template =
        stackName === undefined
          ? await requestedTemplate(input, caller, readTemplate)
          : templateOf(stores.in(caller).get(stackName));
      checkTemplate(template);
      const types = [...new Set([...template.resources.values()].map(({ type }) => type))];
      return {
        Description: template.description,
        Parameters: [...template.parameters].map(([key, declaration]) =>
          parameterDeclaration(key, declaration),
        ),
        ...capabilityAnswer(template),
        ResourceTypes: types,
        ResourceIdentifierSummaries: types.map((type) => ({
          ResourceType: type,
          LogicalResourceIds: [...template.resources.values()]
            .filter((resource) => resource.type === type)
            .map(({ logicalId }) => logicalId),
          ResourceIdentifiers: filled(resourceType(type)?.primaryIdentifier ?? []),
        })),
        Version: '2010-09-09',
        Metadata: metadataText(template),
        DeclaredTransforms: filled(template.transforms),
      };
    },

    EstimateTemplateCost() {
      throw new AwsError(
        'ValidationError',
        'The embedded AWS does not implement cloudformation:EstimateTemplateCost.',
      );
    },
  };
}

function isNoEcho(declaration: JsonObject): boolean {
  return String(member(declaration, 'NoEcho')).toLowerCase() === 'true';
}

function capabilityAnswer(template: Template): { readonly [name: string]: XmlValue } {
  const { capabilities, reason } = requiredCapabilities(
    template.resources.values(),
    template.transforms,
  );
  return { Capabilities: filled(capabilities), CapabilitiesReason: reason };
}

/**
 * The stack or change set whose template is asked for. A stack in review has none of its own: SAM's
 * CLI then asks for that of the change set.
 * @throws AwsError ValidationError (texts: LocalStack's test_get_template_missing_resources,
 *   12-09-2025, and test_get_template_no_arguments, 13-11-2025)
 */
function templateOwner(store: StackStore, input: QueryInput) {
  const changeSet = textMember(input, 'ChangeSetName');
  const stackName = textMember(input, 'StackName');
  if (changeSet === undefined) {
    if (stackName === undefined) {
      throw validationError('StackName is required if ChangeSetName is not specified.');
    }
    const stack = store.get(stackName);
    const definition = stack.status === 'REVIEW_IN_PROGRESS' ? undefined : stack.definition;
    return { stack, definition };
  }
  if (stackName === undefined && !changeSet.startsWith('arn:')) {
    throw validationError('StackName is a required parameter.');
  }
  return store.getChangeSet(changeSet, stackName);
}

/**
 * @throws AwsError ValidationError (LocalStack's test_get_template_summary_non_executed_change_set,
 *   10-09-2025)
 */
function templateOf({ status, definition }: Stack): Template {
  if (status !== 'REVIEW_IN_PROGRESS') return definition.template;
  throw validationError('GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.');
}

/**
 * The metadata of a template as text. That of a YAML template was recorded in single quotes
 * (LocalStack's test_get_template_summary, 24-05-2023).
 */
function metadataText({ metadata, body }: Template): string | undefined {
  if (metadata === undefined) return undefined;
  return body.trimStart().startsWith('{') ? JSON.stringify(metadata) : quoted(metadata);
}

function quoted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(quoted).join(', ')}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${quoted(key)}: ${quoted(item)}`);
    return `{${members.join(', ')}}`;
  }
  if (typeof value !== 'string') return String(value);
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ParameterDeclaration.html */
function parameterDeclaration(key: string, declaration: JsonObject): XmlValue {
  const allowed = member(declaration, 'AllowedValues');
  return {
    ParameterKey: key,
    DefaultValue: scalarText(member(declaration, 'Default')),
    ParameterType: scalarText(member(declaration, 'Type')),
    NoEcho: isNoEcho(declaration),
    Description: scalarText(member(declaration, 'Description')),
    ParameterConstraints: {
      AllowedValues: Array.isArray(allowed) ? allowed.map(scalarText) : undefined,
    },
  };
}
