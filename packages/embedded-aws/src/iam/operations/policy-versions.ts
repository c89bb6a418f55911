import { operationFor } from '../../core/protocol/operation';
import { flag, required } from '../../core/shapes/shape';
import type { IamAccount } from '../account';
import type { ManagedPolicy, PolicyVersion } from '../entities';
import { encodeDocument } from './answers';
import { arn, document, paged } from './members';
import { page } from './page';

const operation = operationFor<IamAccount>();

const onPolicy = { PolicyArn: required(arn) } as const;
/** botocore, iam/2010-05-08/service-2.json */
const versionId = { type: 'String', pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' } as const;
const onVersion = { ...onPolicy, VersionId: required(versionId) } as const;

const versionAnswer = (policy: ManagedPolicy, { id, created }: PolicyVersion) => ({
  VersionId: id,
  IsDefaultVersion: policy.defaultVersionId === id,
  CreateDate: created,
});

export const policyVersionOperations = {
  CreatePolicyVersion: operation({
    input: { ...onPolicy, PolicyDocument: required(document), SetAsDefault: flag },
    resource: ({ PolicyArn }) => PolicyArn,
    run(input, { store: { policies } }) {
      const { PolicyArn, PolicyDocument, SetAsDefault = false } = input;
      const version = policies.addVersion(PolicyArn, PolicyDocument, SetAsDefault);
      return { PolicyVersion: versionAnswer(policies.get(PolicyArn), version) };
    },
  }),
  GetPolicyVersion: operation({
    input: onVersion,
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, VersionId }, { store: { policies } }) {
      const version = policies.version(PolicyArn, VersionId);
      const Document = encodeDocument(version.policy.document);
      return { PolicyVersion: { Document, ...versionAnswer(policies.get(PolicyArn), version) } };
    },
  }),
  ListPolicyVersions: operation({
    input: { ...onPolicy, ...paged },
    resource: ({ PolicyArn }) => PolicyArn,
    run(input, { store: { policies } }) {
      const policy = policies.get(input.PolicyArn);
      const { items, marks } = page([...policy.versions].reverse(), input);
      return { Versions: items.map((version) => versionAnswer(policy, version)), ...marks };
    },
  }),
  SetDefaultPolicyVersion: operation({
    input: onVersion,
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, VersionId }, { store: { policies } }) {
      policies.setDefault(PolicyArn, VersionId);
      return undefined;
    },
  }),
  DeletePolicyVersion: operation({
    input: onVersion,
    resource: ({ PolicyArn }) => PolicyArn,
    run({ PolicyArn, VersionId }, { store: { policies } }) {
      policies.deleteVersion(PolicyArn, VersionId);
      return undefined;
    },
  }),
};
