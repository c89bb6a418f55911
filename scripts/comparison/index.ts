import { openAccount } from './account';
import { type Compared, comparisonDocument } from './document';
import { DOORS } from './doors';
import { verifyDoor } from './verify-door';

/** Deploys each door to an account of its own, verifies it, and writes the page on all. */
export async function compare(tell: (line: string) => void = () => {}): Promise<string> {
  const compared: Compared[] = [];
  for (const door of DOORS) {
    const account = openAccount();
    try {
      compared.push({ door, report: await verifyDoor(account, door) });
    } finally {
      account.close();
    }
    tell(`verified  ${door.name}`);
  }
  return comparisonDocument(compared);
}
