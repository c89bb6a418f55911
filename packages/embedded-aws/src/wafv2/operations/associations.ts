import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import type { WebAclStore } from '../store';
import { webAclAnswer } from './web-acls';

const operation = operationFor<WebAclStore>();

const onResource = { ResourceArn: required(text) } as const;

/** The types that ListResourcesForWebACL takes; of these, only API Gateway is here. */
const resourceType = {
  type: 'String',
  values: [
    'APPLICATION_LOAD_BALANCER',
    'API_GATEWAY',
    'APPSYNC',
    'COGNITO_USER_POOL',
    'APP_RUNNER_SERVICE',
    'VERIFIED_ACCESS_INSTANCE',
    'AMPLIFY',
  ],
} as const;

/** The permission of the protected service, which WAF asks for as well. */
const SET_WEB_ACL = 'apigateway:SetWebACL';

/** The operations that put web ACLs in front of resources. */
export const associationOperations = {
  AssociateWebACL: operation({
    input: { WebACLArn: required(text), ...onResource },
    resource: ({ WebACLArn }) => WebACLArn,
    run({ WebACLArn, ResourceArn }, { store, caller }) {
      caller.authorize('wafv2:AssociateWebACL', ResourceArn);
      caller.authorize(SET_WEB_ACL, ResourceArn);
      const { arn } = store.get(WebACLArn);
      // A resource has one web ACL at most: another one takes its place.
      store.resource(ResourceArn).protect(arn);
      return {};
    },
  }),
  DisassociateWebACL: operation({
    input: onResource,
    resource: ({ ResourceArn }) => ResourceArn,
    run({ ResourceArn }, { store, caller }) {
      caller.authorize(SET_WEB_ACL, ResourceArn);
      store.resource(ResourceArn).protect(undefined);
      return {};
    },
  }),
  GetWebACLForResource: operation({
    input: onResource,
    resource: ({ ResourceArn }) => ResourceArn,
    run({ ResourceArn }, { store }) {
      const { webAclArn } = store.resource(ResourceArn);
      return webAclArn === undefined ? {} : { WebACL: webAclAnswer(store.get(webAclArn)) };
    },
  }),
  ListResourcesForWebACL: operation({
    input: { WebACLArn: required(text), ResourceType: resourceType },
    resource: ({ WebACLArn }) => WebACLArn,
    run({ WebACLArn, ResourceType: type = 'APPLICATION_LOAD_BALANCER' }, { store }) {
      const { arn } = store.get(WebACLArn);
      const found = type === 'API_GATEWAY' ? store.protectedBy(arn) : [];
      return { ResourceArns: found.map((resource) => resource.arn) };
    },
  }),
};
