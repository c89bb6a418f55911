import { associationOperations } from './associations';
import { sampleOperations } from './samples';
import { tagOperations } from './tags';
import { webAclOperations } from './web-acls';

/** Every operation of WAF. */
export const OPERATIONS = {
  ...webAclOperations,
  ...associationOperations,
  ...sampleOperations,
  ...tagOperations,
};
