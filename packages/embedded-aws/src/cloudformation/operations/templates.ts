import { AwsError } from '../../core/errors';
import { type QueryAction, requiredText, textMember } from '../../core/protocol/query';
import type { XmlValue } from '../../core/xml';
import { requiredCapabilities } from '../capabilities';
import { type JsonObject, member } from '../json';
import { scalarText } from '../parameters';
import { oneOf, rejectMembers, requestedTemplate } from '../request';
import { resourceType } from '../resource-types';
import type { ServiceContext } from '../service-context';
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
      oneOf(input, 'TemplateStage', ['Original', 'Processed']);
      const store = stores.in(caller);
      const changeSet = textMember(input, 'ChangeSetName');
      const stackName = textMember(input, 'StackName');
      const { template } =
        changeSet === undefined
          ? store.get(requiredText(input, 'StackName')).definition
          : store.getChangeSet(changeSet, stackName).definition;
      return { TemplateBody: template.body, StagesAvailable: ['Original', 'Processed'] };
    },

    async GetTemplateSummary(input, { caller }) {
      rejectMembers(input, ['StackSetName', 'TemplateSummaryConfig', 'CallAs']);
      const stackName = textMember(input, 'StackName');
      const template =
        stackName === undefined
          ? await requestedTemplate(input, caller, readTemplate)
          : stores.in(caller).get(stackName).definition.template;
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
          ResourceIdentifiers: [...(resourceType(type)?.primaryIdentifier ?? [])],
        })),
        Version: '2010-09-09',
        Metadata: template.metadata === undefined ? undefined : JSON.stringify(template.metadata),
        DeclaredTransforms: template.transforms,
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
  return { Capabilities: capabilities, CapabilitiesReason: reason };
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
