import { repositoryOperations } from './repositories';

/** Every operation of ECR. */
export const OPERATIONS = repositoryOperations;
