import { ruleOperations } from './rules';

/** Every operation of EventBridge. */
export const OPERATIONS = ruleOperations;
