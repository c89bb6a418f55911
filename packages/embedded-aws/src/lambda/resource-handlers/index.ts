import { withNeeds } from '../../core/handler-needs';
import type { Stores } from '../../core/regional';
import type { ResourceHandler } from '../../core/resource-handler';
import type { Iam } from '../../iam';
import type { S3 } from '../../s3';
import type { MappingStore } from '../event-source/store';
import type { FunctionStore } from '../store';
import { eventInvokeConfigHandler } from './event-invoke-config';
import { eventSourceMappingHandler } from './event-source-mapping';
import { functionHandler } from './function';
import { lambdaNeeds } from './needs';
import { permissionHandler } from './permission';
import { versionHandler } from './version';

/** The services that functions need: IAM for their role, S3 for their code. */
export interface LambdaDependencies {
  readonly iam: Iam;
  readonly s3: S3;
}

/** Lambda's CloudFormation resource types. */
export function lambdaResourceHandlers(
  lambda: Stores<FunctionStore> & { readonly mappings: Stores<MappingStore> },
  dependencies: LambdaDependencies,
): ResourceHandler[] {
  return withNeeds(
    [
      eventInvokeConfigHandler(lambda),
      eventSourceMappingHandler(lambda),
      functionHandler(lambda, dependencies),
      permissionHandler(lambda),
      versionHandler(lambda),
    ],
    lambdaNeeds,
  );
}
