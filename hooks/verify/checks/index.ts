import type { EndpointId } from '../../../resources/endpoints';
import { firstChecks, laterChecks, onlyReading } from './api';
import { inOrder } from './define';
import { stackChecks } from './stack';

const { Deployment, ...otherStackChecks } = stackChecks;

/**
 * All checks in the order they run: whether the stage serves the deployment that the others are
 * about, then, while the stream comes, what AWS has, then what the API does.
 */
export const checks = inOrder({ Deployment }, firstChecks, otherStackChecks, laterChecks);

/** Every endpoint has a check that is named by its id: test/endpoints.test.ts sees to it. */
export type CheckName = keyof typeof checks | EndpointId;

export const checksReadOnly = onlyReading(checks);
