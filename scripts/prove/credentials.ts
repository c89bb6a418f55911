import { credentialProblem, nameOf } from '../../hooks/process/known-problems';

/** True if AWS rejects the caller's credentials: then nothing that follows can be asked either. */
export const isExpired = (error: unknown): boolean =>
  credentialProblem(nameOf(error)) !== undefined;
