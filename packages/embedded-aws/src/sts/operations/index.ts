import { assumeRole } from './assume-role';
import { getCallerIdentity } from './get-caller-identity';

/** Every operation of STS. */
export const OPERATIONS = { AssumeRole: assumeRole, GetCallerIdentity: getCallerIdentity };
