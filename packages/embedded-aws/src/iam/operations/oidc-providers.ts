import { operationFor } from '../../core/protocol/operation';
import { list, required } from '../../core/shapes/shape';
import { tagAnswer, tagMap } from '../../core/tags';
import type { IamAccount } from '../account';
import { iamTags, TAG_RULES } from '../tags';
import { arn } from './members';

const operation = operationFor<IamAccount>();

const onProvider = { OpenIDConnectProviderArn: required(arn) } as const;
const resource = ({ OpenIDConnectProviderArn: provider }: { OpenIDConnectProviderArn: string }) =>
  provider;

export const oidcProviderOperations = {
  CreateOpenIDConnectProvider: operation({
    input: {
      ClientIDList: list({ type: 'String', min: 1, max: 255 }),
      ThumbprintList: list({ type: 'String', min: 40, max: 40 }),
      Url: required({ type: 'String', min: 1, max: 255 }),
      Tags: iamTags,
    },
    resource: ({ Url }, { store }) => store.oidcProviders.arnOf(Url),
    run(input, { store: account }) {
      const provider = account.oidcProviders.create({
        url: input.Url,
        clientIds: input.ClientIDList,
        thumbprints: input.ThumbprintList,
        tags: tagMap(input.Tags, TAG_RULES),
      });
      return { OpenIDConnectProviderArn: provider.arn };
    },
  }),
  GetOpenIDConnectProvider: operation({
    input: onProvider,
    resource,
    run(input, { store: account }) {
      const provider = account.oidcProviders.get(input.OpenIDConnectProviderArn);
      return {
        Url: provider.url,
        ClientIDList: provider.clientIds,
        ThumbprintList: provider.thumbprints,
        CreateDate: provider.created,
        Tags: tagAnswer(provider.tags),
      };
    },
  }),
  ListOpenIDConnectProviders: operation({
    input: {},
    run: (_input, { store: account }) => ({
      OpenIDConnectProviderList: account.oidcProviders.all().map((provider) => ({
        Arn: provider.arn,
      })),
    }),
  }),
  DeleteOpenIDConnectProvider: operation({
    input: onProvider,
    resource,
    run(input, { store: account }) {
      account.oidcProviders.delete(input.OpenIDConnectProviderArn);
      return undefined;
    },
  }),
};
