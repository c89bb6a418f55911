import type { ContractCase } from '../case';

/** Streams that a route which needs nothing but the stream of its path does not get to. */
export const OTHER_STREAMS: readonly ContractCase[] = [
  {
    title: 'a stream outside what the role may touch',
    status: 403,
    code: 'AccessDeniedException',
    request: ({ forbiddenStream }) => ({ stream: forbiddenStream }),
    localOnly: true,
  },
  {
    title: 'no stream of that name',
    status: 404,
    code: 'ResourceNotFoundException',
    request: (world) => ({ stream: world.newName() }),
  },
];
