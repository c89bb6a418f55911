import { toAwsError } from '../core/errors';
import type { AwsService } from '../core/service';
import type { Persistent } from '../state/persistent';
import { dispatch, errorAnswer, requestIds } from './dispatch';
import { readRequest } from './request';
import { s3State } from './state';
import { type Buckets, S3Store } from './store';

export { readObject } from './read-object';
export { s3ResourceHandlers } from './resource-handlers';
export { readTemplateUrl } from './template-url';

/** S3, and its buckets for other services. */
export interface S3 extends AwsService, Buckets {
  /** State that survives a restart. */
  readonly state: Persistent;
}

/** S3: buckets and objects, addressed in path style. */
export function createS3(): S3 {
  const store = new S3Store();
  return {
    signingName: 's3',
    state: s3State(store),
    store,
    async handle(request) {
      try {
        const answer = await dispatch(store, readRequest(request));
        return { ...answer, headers: { ...answer.headers, ...requestIds(request) } };
      } catch (thrown) {
        return errorAnswer(request, toAwsError(thrown));
      }
    },
  };
}
