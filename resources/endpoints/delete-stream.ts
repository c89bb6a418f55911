import { EMPTY_ANSWER } from './shared/answers';
import { withoutBody } from './shared/content-types';
import { defineEndpoint } from './shared/endpoint';
import { nowhere } from './shared/example-values';

export const deleteStream = defineEndpoint({
  id: 'DeleteStream',
  method: 'DELETE',
  path: '/streams/{stream-name}',
  action: 'DeleteStream',
  grantedOn: 'streams',
  streamFrom: 'path',
  managesStreams: true,
  tag: 'Streams',
  summary: 'Delete a stream and all its records',
  description:
    'Deletes a stream with all its records, at once and for good. Kinesis needs up to a minute until the name is free again.',
  requests: withoutBody('DeleteStream.request'),
  answer: EMPTY_ANSWER,
  errors: ['ResourceNotFoundException', 'ResourceInUseException'],
  examples: [
    {
      name: 'deleted',
      summary: 'Deletes a stream with all its records',
      stream: 'old-orders',
      status: 200,
      answer: {},
    },
    nowhere('Deletion'),
  ],
  mappings: [{ sends: {} }],
  throttle: { rate: 2, burst: 2 },
  readme: { request: '', answer: '`{}`' },
});
