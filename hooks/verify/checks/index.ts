import { apiChecks, onlyReading } from './api';
import { stackChecks } from './stack';

/** All checks in the order they run: what AWS has, then what the API does. */
export const checks = { ...stackChecks, ...apiChecks } as const;

export type CheckName = keyof typeof checks;

export const checksReadOnly = onlyReading(checks);
