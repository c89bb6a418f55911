import { faults } from './rows';
import { type Verdict, verifyFault } from './verify-fault';

/** The verdict on the fault with this id, for a pool of processes. */
export async function run(id: string): Promise<Verdict> {
  const fault = faults.find((each) => each.id === id);
  if (fault === undefined) throw new TypeError(`There is no fault ${id}.`);
  return verifyFault(fault);
}
