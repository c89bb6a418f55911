import { pageOf } from '../../core/paging';
import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { tagList, tagMap } from '../../core/tags';
import { invalidParameter, refusal } from '../errors';
import { scope, webAclName, webAclSettings } from '../members';
import { capacityOf } from '../rules/capacity';
import { settingsFrom } from '../settings';
import { requireRegional, type WebAcl, type WebAclStore } from '../store';

const operation = operationFor<WebAclStore>();

const LARGEST_PAGE = 100;

/** The three members that name a web ACL together. */
const key = {
  Name: required(webAclName),
  Scope: required(scope),
  Id: required(text),
} as const;
const lock = { LockToken: required(text) } as const;

interface WebAclKey {
  readonly Name: string;
  readonly Scope: string;
  readonly Id: string;
}

/** The ARN that name and id make, whether or not there is such a web ACL. */
function arnFrom({ Name, Scope, Id }: WebAclKey, store: WebAclStore): string {
  requireRegional(Scope);
  return store.arnOf(Name, Id);
}

/** @throws AwsError WAFNonexistentItemException, WAFOptimisticLockException */
function lockedWebAcl(input: WebAclKey & { readonly LockToken: string }, store: WebAclStore) {
  const webAcl = store.get(arnFrom(input, store));
  if (webAcl.lockToken !== input.LockToken) throw refusal('WAFOptimisticLockException');
  return webAcl;
}

/** The operations on web ACLs. https://docs.aws.amazon.com/waf/latest/APIReference/API_Operations.html */
export const webAclOperations = {
  CreateWebACL: operation({
    input: { Name: required(webAclName), Scope: required(scope), ...webAclSettings, Tags: tagList },
    unsupported: 'undeclared',
    resource: ({ Name }, { store }) => store.arnOf(Name, '*'),
    run(input, { store }) {
      requireRegional(input.Scope);
      const settings = settingsFrom(input);
      const webAcl = store.create({ name: input.Name, settings, tags: tagMap(input.Tags) });
      return { Summary: summaryOf(webAcl) };
    },
  }),
  GetWebACL: operation({
    input: { Name: webAclName, Scope: scope, Id: text, ARN: text },
    resource: (input, { store }) => requestedArn(input, store),
    run(input, { store }) {
      const webAcl = store.get(requestedArn(input, store));
      return { WebACL: webAclAnswer(webAcl), LockToken: webAcl.lockToken };
    },
  }),
  UpdateWebACL: operation({
    input: { ...key, ...webAclSettings, ...lock },
    unsupported: 'undeclared',
    resource: (input, { store }) => arnFrom(input, store),
    run(input, { store }) {
      const settings = settingsFrom(input);
      const webAcl = lockedWebAcl(input, store);
      store.update(webAcl, settings);
      return { NextLockToken: webAcl.lockToken };
    },
  }),
  DeleteWebACL: operation({
    input: { ...key, ...lock },
    resource: (input, { store }) => arnFrom(input, store),
    run(input, { store }) {
      store.delete(lockedWebAcl(input, store).arn);
      return {};
    },
  }),
  ListWebACLs: operation({
    input: {
      Scope: required(scope),
      NextMarker: text,
      Limit: { type: 'Integer', min: 1, max: LARGEST_PAGE },
    },
    run({ Scope, NextMarker: token, Limit: size = LARGEST_PAGE }, { store }) {
      // There is no CloudFront to protect, so that its list is truly empty.
      if (Scope === 'CLOUDFRONT') return { WebACLs: [] };
      const { items, nextToken } = pageOf([...store.webAcls.values()], { token, size }, (marker) =>
        invalidParameter('The marker isn’t valid.', 'NEXT_MARKER', marker),
      );
      return { WebACLs: items.map(summaryOf), NextMarker: nextToken };
    },
  }),
};

/** @throws AwsError WAFInvalidParameterException for a request that names no web ACL */
function requestedArn(
  { ARN, Name, Scope, Id }: Partial<WebAclKey> & { readonly ARN?: string },
  store: WebAclStore,
): string {
  if (ARN !== undefined) return ARN;
  if (Name !== undefined && Scope !== undefined && Id !== undefined) {
    return arnFrom({ Name, Scope, Id }, store);
  }
  throw invalidParameter(
    'You have used none or multiple values for a field that requires exactly one value.',
    'ENTITY_IDENTIFIER',
    'ARN',
  );
}

const summaryOf = ({ name, id, arn, lockToken, settings }: WebAcl) => ({
  Name: name,
  Id: id,
  Description: settings.description ?? '',
  LockToken: lockToken,
  ARN: arn,
});

/** The namespace of the labels that a web ACL's rules would add. */
export function labelNamespace({ accountId, name }: WebAcl): string {
  return `awswaf:${accountId}:webacl:${name}:`;
}

export function webAclAnswer(webAcl: WebAcl) {
  const {
    description,
    defaultAction,
    rules = [],
    associationConfig,
    visibilityConfig,
  } = webAcl.settings;
  return {
    Name: webAcl.name,
    Id: webAcl.id,
    ARN: webAcl.arn,
    DefaultAction: { [defaultAction]: {} },
    Description: description ?? '',
    Rules: rules,
    ...(associationConfig !== undefined && { AssociationConfig: associationConfig }),
    VisibilityConfig: visibilityConfig,
    Capacity: capacityOf(rules),
    ManagedByFirewallManager: false,
    LabelNamespace: labelNamespace(webAcl),
  };
}
