import { checks } from '../../../../hooks/verify/checks';
import { kafkaChecks } from '../../../../hooks/verify/checks/kafka';
import { only } from '../../../../hooks/verify/run-checks';
import type { Fault } from '../../../faults/fault';
import { kafkaFaults } from '../../../faults/rows/kafka';
import { verifyFault } from '../../../faults/verify-fault';

// In the fault matrix the verifier reaches the Kafka REST proxy itself. Here it does not, as where
// the proxy takes requests from API Gateway only: the faults must be seen all the same.

const outOfReach = async () => {
  throw new TypeError('fetch failed');
};

/** Another proxy's page, such as a captive portal's, is none of Kafka's. */
const portal = async () => new Response('<html>', { headers: { 'content-type': 'text/html' } });

// The embedded AWS prints expected errors about broken stages.
beforeEach(() => jest.spyOn(console, 'error').mockImplementation(() => {}));

/** The fault matrix runs all checks on the same faults. */
const checksFor = ({ caughtBy }: Fault) => only(checks, [...Object.keys(kafkaChecks), ...caughtBy]);

const some = kafkaFaults.filter(({ caughtBy }) => caughtBy.some((name) => /^KafkaRest/.test(name)));

test.each(some)('$id: $broken', async (fault) => {
  const verdict = await verifyFault(fault, {
    backend: outOfReach,
    checks: checksFor(fault),
  });

  expect(verdict).toMatchObject({ missed: [], misleading: [], isNamed: true });
});

test('what answers in the place of the proxy is not compared with', async () => {
  const [fault] = some.filter(({ id }) => id === 'kafka-always-get');
  if (fault === undefined) throw new TypeError('There is no such fault.');

  const { said } = await verifyFault(fault, { backend: portal, checks: checksFor(fault) });

  expect(Object.keys(said)).toEqual(['KafkaRestProduce']);
  expect(said.KafkaRestProduce).toContain('a different content type changes nothing');
});
