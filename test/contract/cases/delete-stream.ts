import type { ContractCase } from '../case';

export const deleteStream: readonly ContractCase[] = [
  {
    title: 'the stream goes',
    status: 200,
    request: async (world) => ({ stream: await world.newStream() }),
    holds: ({ json }) => expect(json).toEqual({}),
  },
  {
    title: 'a name that no stream can have',
    status: 400,
    code: 'ValidationException',
    request: { stream: 'no,name' },
  },
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
  {
    title: 'another content type',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: { contentType: 'text/plain' },
  },
];
