import { faults } from './rows';
import { verifyFault } from './verify-fault';

/** A verdict for each fault that the parent names by its id. */
process.on('message', async (id: string) => {
  const fault = faults.find((each) => each.id === id);
  try {
    if (fault === undefined) throw new TypeError(`There is no fault ${id}.`);
    process.send?.({ id, verdict: await verifyFault(fault) });
  } catch (error) {
    process.send?.({ id, reason: error instanceof Error ? error.stack : String(error) });
  }
});
