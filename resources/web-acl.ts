import { type Resources, resource, sub } from './cloudformation';
import { logicalIds } from './logical-ids';

/** Puts one of the account's existing web ACLs in front of the stage. */
export const webAcl: Resources = {
  [logicalIds.webAclAssociation]: resource(
    'AWS::WAFv2::WebACLAssociation',
    {
      WebACLArn: '${param:webAclArn}',
      ResourceArn: sub(
        `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${${logicalIds.restApi}}/stages/\${${logicalIds.stage}}`,
      ),
    },
    { Condition: 'HasWebAcl' },
  ),
};
