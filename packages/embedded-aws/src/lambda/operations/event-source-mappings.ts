import { pageOf } from '../../core/paging';
import { operationFor } from '../../core/protocol/operation';
import { required, text } from '../../core/shapes/shape';
import { invalidParameter } from '../errors';
import { mappingAnswer } from '../event-source/answer';
import { STARTING_POSITIONS } from '../event-source/mapping';
import { settingMembers, UNSUPPORTED_MEMBERS } from '../event-source/settings';
import type { LambdaStore } from '../store';
import { checkFunctionTags, functionArn, tagsMember } from './members';

const MAPPINGS = '/2015-03-31/event-source-mappings';

const operation = operationFor<LambdaStore>();

const onMapping = { UUID: required(text) } as const;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
const MOST_ITEMS = 100;

const resource = (
  { UUID }: { readonly UUID: string },
  { store }: { readonly store: LambdaStore },
) => store.mappings.arnOf(UUID);

/** The function of a request, by which policies may limit whose mappings a caller changes. */
const conditionValues = (
  input: { readonly FunctionName?: string },
  { store }: { readonly store: LambdaStore },
) => ({
  'lambda:FunctionArn':
    input.FunctionName === undefined
      ? undefined
      : functionArn({ FunctionName: input.FunctionName }, store.functions),
});

/** The function of a mapping that exists. */
const ownFunction = (
  { UUID }: { readonly UUID: string },
  { store }: { readonly store: LambdaStore },
) => ({ 'lambda:FunctionArn': store.mappings.find(UUID)?.functionArn });

export const eventSourceMappingOperations = {
  CreateEventSourceMapping: operation({
    route: `POST ${MAPPINGS}`,
    status: 202,
    body: 'json',
    unsupported: UNSUPPORTED_MEMBERS,
    conditionValues,
    input: {
      ...settingMembers,
      FunctionName: required(text),
      EventSourceArn: text,
      StartingPosition: { type: 'String', values: STARTING_POSITIONS },
      StartingPositionTimestamp: { type: 'Timestamp' },
      Tags: tagsMember,
    },
    run({ Tags, ...input }, { store: { mappings } }) {
      checkFunctionTags(Tags);
      return mappingAnswer(mappings.create(input, Tags), mappings.now);
    },
  }),
  GetEventSourceMapping: operation({
    route: `GET ${MAPPINGS}/{UUID}`,
    input: onMapping,
    resource,
    conditionValues: ownFunction,
    run: ({ UUID }, { store: { mappings } }) => mappingAnswer(mappings.get(UUID), mappings.now),
  }),
  ListEventSourceMappings: operation({
    route: `GET ${MAPPINGS}`,
    input: {
      EventSourceArn: text,
      FunctionName: text,
      Marker: text,
      MaxItems: { type: 'Integer', min: 1, max: 10_000 },
    },
    run({ EventSourceArn, FunctionName, Marker: token, MaxItems }, { store: { mappings } }) {
      const size = Math.min(MaxItems ?? MOST_ITEMS, MOST_ITEMS);
      const { items, nextToken } = pageOf(
        mappings.list(EventSourceArn, FunctionName),
        { token, size },
        () => invalidParameter('Invalid Marker.'),
      );
      return {
        EventSourceMappings: items.map((mapping) => mappingAnswer(mapping, mappings.now)),
        NextMarker: nextToken,
      };
    },
  }),
  UpdateEventSourceMapping: operation({
    route: `PUT ${MAPPINGS}/{UUID}`,
    status: 202,
    body: 'json',
    unsupported: UNSUPPORTED_MEMBERS,
    input: { ...settingMembers, ...onMapping },
    resource,
    conditionValues: ownFunction,
    run: ({ UUID, ...input }, { store: { mappings } }) =>
      mappingAnswer(mappings.update(UUID, input), mappings.now),
  }),
  DeleteEventSourceMapping: operation({
    route: `DELETE ${MAPPINGS}/{UUID}`,
    status: 202,
    input: onMapping,
    resource,
    conditionValues: ownFunction,
    run: ({ UUID }, { store: { mappings } }) => mappingAnswer(mappings.delete(UUID), mappings.now),
  }),
};
