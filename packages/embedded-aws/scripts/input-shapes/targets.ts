import { operations } from '../../src/apigateway/operations';
import { UNSUPPORTED } from '../../src/apigateway/operations/unsupported';
import { actionsOf } from '../../src/cloudformation';
import type { ServiceContext } from '../../src/cloudformation/service-context';
import { OPERATIONS } from '../../src/kinesis/operations';

/** The files to write, each with the operations that the embedded AWS implements. */
export const TARGETS: readonly {
  /** The name of the model in botocore. */
  readonly service: string;
  readonly file: string;
  readonly operations: readonly string[];
}[] = [
  {
    service: 'apigateway',
    file: 'src/apigateway/input-shapes.json',
    operations: operations.map(({ name }) => name).filter((name) => !(name in UNSUPPORTED)),
  },
  {
    service: 'cloudformation',
    file: 'src/cloudformation/input-shapes.json',
    // The actions are only named here, so that they need no service.
    operations: Object.keys(actionsOf({} as ServiceContext)),
  },
  {
    // Kinesis declares its inputs by hand, for their types; a test compares them with these.
    service: 'kinesis',
    file: 'test/kinesis/input-shapes.json',
    operations: Object.keys(OPERATIONS),
  },
];
