import { credentialProblem, nameOf } from '../../hooks/process/known-problems';

/** Whether AWS rejects whoever calls: nothing that comes after can be asked either. */
export const isExpired = (error: unknown): boolean =>
  credentialProblem(nameOf(error)) !== undefined;
