import { apiChecks, firstChecks, onlyReading } from './api';
import { stackChecks } from './stack';

const { Deployment, ...otherStackChecks } = stackChecks;

/**
 * All checks in the order they run: whether the stage serves the deployment that the others are
 * about, then, while the stream comes, what AWS has, then what the API does.
 */
export const checks = { Deployment, ...firstChecks, ...otherStackChecks, ...apiChecks } as const;

export type CheckName = keyof typeof checks;

export const checksReadOnly = onlyReading(checks);
