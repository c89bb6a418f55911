import type { Scope } from '../../core/caller';
import { listProperty } from '../../core/properties';
import { constraintViolation, invalidParameter, refusal } from '../errors';
import { type Input, readTags, requiredText, text } from '../input';
import { type ListResources, protectedBy, resourceNamed } from '../resources';
import { readSettings } from '../settings';
import { checkScope, type WebAcl, type WebAclStore } from '../store';

/** What an action works on. */
export interface ActionContext {
  readonly store: WebAclStore;
  readonly scope: Scope;
  readonly list: ListResources;
}

/** One action of WAF. */
export interface WafAction {
  /** What the caller's policies are asked about: an action, and what it is done to. */
  asks(input: Input, context: ActionContext): readonly (readonly [action: string, arn: string])[];
  run(input: Input, context: ActionContext): unknown;
}

const PAGE = 100;

/** What ListResourcesForWebACL may ask for; of these, only API Gateway is here. */
const RESOURCE_TYPES = [
  'APPLICATION_LOAD_BALANCER',
  'API_GATEWAY',
  'APPSYNC',
  'COGNITO_USER_POOL',
  'APP_RUNNER_SERVICE',
  'VERIFIED_ACCESS_INSTANCE',
  'AMPLIFY',
] as const;

/** The ARN that name and id make, whether or not there is such a web ACL. */
function namedArn(input: Input, { store }: ActionContext): string {
  checkScope(requiredText(input, 'Scope'));
  return store.arnOf(requiredText(input, 'Name'), requiredText(input, 'Id'));
}

/** @throws AwsError WAFNonexistentItemException, WAFOptimisticLockException */
function lockedWebAcl(input: Input, context: ActionContext): WebAcl {
  const token = requiredText(input, 'LockToken');
  const webAcl = context.store.get(namedArn(input, context));
  if (webAcl.lockToken !== token) throw refusal('WAFOptimisticLockException');
  return webAcl;
}

const wantedArn = (input: Input, context: ActionContext): string =>
  text(input, 'ARN') ?? namedArn(input, context);

const summaryOf = ({ name, id, arn, lockToken, settings }: WebAcl) => ({
  Name: name,
  Id: id,
  Description: settings.description ?? '',
  LockToken: lockToken,
  ARN: arn,
});

export function labelNamespace({ accountId, name }: WebAcl): string {
  return `awswaf:${accountId}:webacl:${name}:`;
}

function webAclShape(webAcl: WebAcl) {
  const { description, defaultAction, visibilityConfig } = webAcl.settings;
  return {
    Name: webAcl.name,
    Id: webAcl.id,
    ARN: webAcl.arn,
    DefaultAction: { [defaultAction]: {} },
    Description: description ?? '',
    Rules: [],
    VisibilityConfig: visibilityConfig,
    Capacity: 0,
    ManagedByFirewallManager: false,
    LabelNamespace: labelNamespace(webAcl),
  };
}

/** The actions on web ACLs. https://docs.aws.amazon.com/waf/latest/APIReference/API_Operations.html */
export const webAclActions: Readonly<Record<string, WafAction>> = {
  CreateWebACL: {
    asks: (input, { store }) => [
      ['wafv2:CreateWebACL', store.arnOf(requiredText(input, 'Name'), '*')],
    ],
    run(input, { store }) {
      checkScope(requiredText(input, 'Scope'));
      const name = requiredText(input, 'Name');
      const tags = readTags(input);
      return { Summary: summaryOf(store.create({ name, settings: readSettings(input), tags })) };
    },
  },
  GetWebACL: {
    asks: (input, context) => [['wafv2:GetWebACL', wantedArn(input, context)]],
    run(input, context) {
      const webAcl = context.store.get(wantedArn(input, context));
      return { WebACL: webAclShape(webAcl), LockToken: webAcl.lockToken };
    },
  },
  UpdateWebACL: {
    asks: (input, context) => [['wafv2:UpdateWebACL', namedArn(input, context)]],
    run(input, context) {
      const settings = readSettings(input);
      const webAcl = lockedWebAcl(input, context);
      context.store.update(webAcl, settings);
      return { NextLockToken: webAcl.lockToken };
    },
  },
  DeleteWebACL: {
    asks: (input, context) => [['wafv2:DeleteWebACL', namedArn(input, context)]],
    run(input, context) {
      const { arn } = lockedWebAcl(input, context);
      deleteWebAcl(arn, context);
      return {};
    },
  },
  ListWebACLs: {
    asks: () => [['wafv2:ListWebACLs', '*']],
    run(input, { store }) {
      const scope = requiredText(input, 'Scope');
      // There is no CloudFront to protect, so that there are truly none.
      if (scope === 'CLOUDFRONT') return { WebACLs: [] };
      checkScope(scope);
      const all = [...store.webAcls.values()];
      const marker = text(input, 'NextMarker');
      const start = marker === undefined ? 0 : all.findIndex(({ name }) => name === marker) + 1;
      if (marker !== undefined && start === 0) {
        throw invalidParameter('The marker isn’t valid.', 'NEXT_MARKER', marker);
      }
      const limit = typeof input.Limit === 'number' ? input.Limit : PAGE;
      const page = all.slice(start, start + Math.min(Math.max(limit, 1), PAGE));
      const isLast = start + page.length >= all.length;
      return {
        WebACLs: page.map(summaryOf),
        ...(!isLast && { NextMarker: page.at(-1)?.name }),
      };
    },
  },
  ListTagsForResource: {
    asks: (input) => [['wafv2:ListTagsForResource', requiredText(input, 'ResourceARN')]],
    run(input, { store }) {
      const { arn, tags } = store.get(requiredText(input, 'ResourceARN'));
      const TagList = [...tags].map(([Key, Value]) => ({ Key, Value }));
      return { TagInfoForResource: { ResourceARN: arn, TagList } };
    },
  },
  TagResource: {
    asks: (input) => [['wafv2:TagResource', requiredText(input, 'ResourceARN')]],
    run(input, { store }) {
      const { tags } = store.get(requiredText(input, 'ResourceARN'));
      for (const [key, value] of readTags(input)) tags.set(key, value);
      return {};
    },
  },
  UntagResource: {
    asks: (input) => [['wafv2:UntagResource', requiredText(input, 'ResourceARN')]],
    run(input, { store }) {
      const { tags } = store.get(requiredText(input, 'ResourceARN'));
      for (const key of listProperty(input, 'TagKeys')) tags.delete(String(key));
      return {};
    },
  },
};

/** Removes a web ACL. @throws AwsError WAFAssociatedItemException while it protects anything */
export function deleteWebAcl(arn: string, { store, scope, list }: ActionContext): void {
  if (protectedBy(list, scope, arn).length > 0) throw refusal('WAFAssociatedItemException');
  store.webAcls.delete(arn);
}

/** The actions that put web ACLs in front of things. */
export const associationActions: Readonly<Record<string, WafAction>> = {
  AssociateWebACL: {
    asks(input) {
      const resource = requiredText(input, 'ResourceArn');
      return [
        ['wafv2:AssociateWebACL', requiredText(input, 'WebACLArn')],
        ['wafv2:AssociateWebACL', resource],
        ['apigateway:SetWebACL', resource],
      ];
    },
    run(input, { store, scope, list }) {
      const { arn } = store.get(requiredText(input, 'WebACLArn'));
      // A resource has one web ACL at most: another one takes its place.
      resourceNamed(list, scope, requiredText(input, 'ResourceArn')).protect(arn);
      return {};
    },
  },
  DisassociateWebACL: {
    asks(input) {
      const resource = requiredText(input, 'ResourceArn');
      return [
        ['wafv2:DisassociateWebACL', resource],
        ['apigateway:SetWebACL', resource],
      ];
    },
    run(input, { scope, list }) {
      resourceNamed(list, scope, requiredText(input, 'ResourceArn')).protect(undefined);
      return {};
    },
  },
  GetWebACLForResource: {
    asks: (input) => [['wafv2:GetWebACLForResource', requiredText(input, 'ResourceArn')]],
    run(input, { store, scope, list }) {
      const { webAclArn } = resourceNamed(list, scope, requiredText(input, 'ResourceArn'));
      return webAclArn === undefined ? {} : { WebACL: webAclShape(store.get(webAclArn)) };
    },
  },
  ListResourcesForWebACL: {
    asks: (input) => [['wafv2:ListResourcesForWebACL', requiredText(input, 'WebACLArn')]],
    run(input, { store, scope, list }) {
      const { arn } = store.get(requiredText(input, 'WebACLArn'));
      const type = text(input, 'ResourceType') ?? 'APPLICATION_LOAD_BALANCER';
      if (!RESOURCE_TYPES.some((known) => known === type)) {
        const known = `Member must satisfy enum value set: [${RESOURCE_TYPES.join(', ')}]`;
        throw constraintViolation('resourceType', type, known);
      }
      const found = type === 'API_GATEWAY' ? protectedBy(list, scope, arn) : [];
      return { ResourceArns: found.map((resource) => resource.arn) };
    },
  },
};
