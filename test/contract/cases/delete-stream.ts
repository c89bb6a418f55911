import type { ContractCase } from '../case';
import { OTHER_STREAMS } from './other-streams';

export const cases: readonly ContractCase[] = [
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
  ...OTHER_STREAMS,
  {
    title: 'another content type',
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    request: { contentType: 'text/plain' },
  },
];
