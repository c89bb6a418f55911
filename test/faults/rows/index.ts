import type { Fault } from '../fault';
import { accessFaults } from './access';
import { answerFaults } from './answers';
import { checkoutFaults } from './checkout';
import { consoleApiFaults } from './console-api';
import { consoleKeyFaults } from './console-keys';
import { consoleMethodFaults } from './console-methods';
import { consoleRoleFaults } from './console-role';
import { consoleSettingFaults } from './console-settings';
import { consoleWatchFaults } from './console-watch';
import { corsFaults } from './cors';
import { createStreamFaults } from './create-stream';
import { deploymentFaults } from './deployment';
import { encryptionFaults } from './encryption';
import { eventFaults } from './events';
import { existingApiFaults } from './existing-api';
import { fieldFaults } from './fields';
import { gatewayFaults } from './gateway';
import { integrationFaults } from './integrations';
import { kafkaFaults } from './kafka';
import { kinesisFaults } from './kinesis';
import { listingFaults } from './listings';
import { methodFaults } from './methods';
import { networkFaults } from './network';
import { pastedFaults } from './pasted';
import { putRecordFaults } from './put-record';
import { putRecordsFaults } from './put-records';
import { readFaults } from './reads';
import { roleFaults } from './role';
import { tokenFaults } from './tokens';
import { validationFaults } from './validation';

/** Every fault, class by class. */
export const faults: readonly Fault[] = [
  ...roleFaults,
  ...encryptionFaults,
  ...integrationFaults,
  ...methodFaults,
  ...putRecordFaults,
  ...putRecordsFaults,
  ...createStreamFaults,
  ...listingFaults,
  ...readFaults,
  ...pastedFaults,
  ...fieldFaults,
  ...answerFaults,
  ...gatewayFaults,
  ...validationFaults,
  ...accessFaults,
  ...tokenFaults,
  ...corsFaults,
  ...deploymentFaults,
  ...existingApiFaults,
  ...checkoutFaults,
  ...consoleMethodFaults,
  ...consoleApiFaults,
  ...consoleRoleFaults,
  ...consoleWatchFaults,
  ...consoleKeyFaults,
  ...consoleSettingFaults,
  ...eventFaults,
  ...kafkaFaults,
  ...kinesisFaults,
  ...networkFaults,
];
