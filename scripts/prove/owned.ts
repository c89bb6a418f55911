import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { Clients } from './clients';
import { stackStatus } from './stack-state';

/**
 * The physical names of what a run's stack has had. CloudFormation cuts a stack's name short where a
 * name would become too long, a bucket's among others: by its name alone such a resource is not known
 * as this run's.
 */
export class Owned {
  readonly #file: string;
  readonly #names: Set<string>;

  /** @param folder of the run's journal */
  constructor(folder: string) {
    this.#file = path.join(folder, 'owned.json');
    this.#names = new Set(
      existsSync(this.#file) ? JSON.parse(readFileSync(this.#file, 'utf8')) : [],
    );
  }

  has(name: string | undefined): boolean {
    return name !== undefined && this.#names.has(name);
  }

  /** Remembers what the stack has now: before it is removed, and between the steps. */
  async remember({ cloudFormation: client }: Clients, StackName: string): Promise<void> {
    if ((await stackStatus(client, StackName)) === undefined) return;
    const before = this.#names.size;
    for await (const page of paginateListStackResources({ client }, { StackName })) {
      for (const { PhysicalResourceId: name } of page.StackResourceSummaries ?? []) {
        if (name) this.#names.add(name);
      }
    }
    if (this.#names.size > before) writeFileSync(this.#file, JSON.stringify([...this.#names]));
  }
}
