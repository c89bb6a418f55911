import { generatedName } from '../../core/generated-name';
import { refuseOthers, textProperty } from '../../core/properties';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { FunctionStore } from '../store';

const TYPE = 'AWS::Lambda::Permission';
const SUPPORTED = ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'] as const;

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
export function permissionHandler(lambda: Stores<FunctionStore>): ResourceHandler {
  const functionName = (properties: Readonly<Record<string, unknown>>) =>
    textProperty(properties, 'FunctionName') ?? '';
  return {
    type: TYPE,
    create(context, properties) {
      refuseOthers(TYPE, properties, SUPPORTED);
      const store = lambda.store(context.caller);
      const { arn, permissions } = store.get(functionName(properties));
      const { qualifier } = store.parse(functionName(properties));
      const Sid = generatedName(context, 100);
      const principal = textProperty(properties, 'Principal') ?? '';
      const sourceArn = textProperty(properties, 'SourceArn');
      const sourceAccount = textProperty(properties, 'SourceAccount');
      const condition = {
        ...(sourceArn && { ArnLike: { 'AWS:SourceArn': sourceArn } }),
        ...(sourceAccount && { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
      };
      permissions.set(Sid, {
        Sid,
        Effect: 'Allow',
        Principal: principalOf(principal),
        Action: textProperty(properties, 'Action'),
        Resource: qualifier === undefined ? arn : `${arn}:${qualifier}`,
        ...(Object.keys(condition).length > 0 && { Condition: condition }),
      });
      return { physicalId: Sid, attributes: { Id: Sid } };
    },
    update(_context, physicalId) {
      // Never called with a change: every property requires replacement.
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete(context, physicalId, properties) {
      const store = lambda.store(context.caller);
      const { name } = store.parse(functionName(properties));
      store.functions.get(name)?.permissions.delete(physicalId);
    },
  };
}

function principalOf(principal: string): unknown {
  if (principal === '*') return principal;
  return /\.amazonaws\.com(\.cn)?$/.test(principal) ? { Service: principal } : { AWS: principal };
}
