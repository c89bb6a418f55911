import type { EndpointId } from '../../../resources/endpoints';
import type { DeclaredStream } from '../../../resources/streams/declared';
import type { AccessCheckName } from '../access/checks';
import { type EventCheckName, eventChecks } from '../events';
import type { Checks } from '../run-checks';
import { firstChecks, laterChecks, withEvents } from './api';
import { inOrder } from './define';
import { stackChecks } from './stack';

const { Deployment, ...otherStackChecks } = stackChecks;

/**
 * All checks in the order they run: whether the stage serves the deployment that the others are
 * about, then, while the stream comes, what AWS has, then what the API does.
 */
export const checks = inOrder({ Deployment }, firstChecks, otherStackChecks, laterChecks);

/** All checks of a stage with these streams: theirs come before the one that looks back at all. */
export function checksOf(streams: readonly DeclaredStream[]): Checks {
  return withEvents(checks, eventChecks(streams));
}

/** Every endpoint has a check that is named by its id: test/endpoints.test.ts sees to it. */
export type CheckName = keyof typeof checks | EndpointId | EventCheckName | AccessCheckName;
