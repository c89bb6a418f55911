import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { copyOfService } from './checkout';
import type { Clients } from './clients';
import { CommandLine } from './command-line';
import { Evidence } from './evidence';
import { type Facts, Journal } from './journal';
import { Memory } from './memory';
import { names } from './names';
import type { Going } from './options';
import { Owned } from './owned';
import { ProveError } from './prove-error';
import { Redactor } from './redact';
import type { Run } from './run';
import { settled } from './stack-state';

export interface Chosen {
  readonly facts: Facts;
  /** Absent for a run that has not begun. */
  readonly journal?: Journal;
}

const ROOT = path.join(__dirname, '..', '..');
const journalsOf = ({ folder }: Going): string => folder ?? path.join(ROOT, '.prove');
/** CloudFormation's API is throttled; an emulator's is not. */
const PAUSE_MS = 5_000;
const PAUSE_AT_ENDPOINT_MS = 200;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const drawn = (from: string): string => from.charAt(randomInt(from.length));
/** Short, because names of roles have the stack's name in them: the deployer's rights are by name. */
const randomId = (): string =>
  drawn(LETTERS) + Array.from({ length: 3 }, () => drawn(`${LETTERS}0123456789`)).join('');

/**
 * The runs that a command is about: a new one or the one that was cut off; to clean up, all that
 * were cut off, or the one that is named, journal or not.
 * @throws ProveError where several were cut off and none is named
 */
export function chooseRuns(command: Going, account: string): Chosen[] {
  const { id, place, choices, isNew, type } = command;
  const cutOff = Journal.unfinished(journalsOf(command)).filter(
    ({ facts }) =>
      facts.account === account &&
      facts.place.region === place.region &&
      facts.place.endpoint === place.endpoint &&
      (id === undefined || facts.id === id),
  );
  const resumed = cutOff.map((journal) => ({ facts: journal.facts, journal }));
  if (type === 'clean-up') {
    if (resumed.length > 0 || id === undefined) return resumed;
    if (Journal.has(journalsOf(command), id)) {
      const journal = Journal.open(journalsOf(command), id);
      return [{ facts: journal.facts, journal }];
    }
  }
  if (resumed.length > 1 && !isNew) {
    const ids = resumed.map(({ facts }) => facts.id).join(', ');
    throw new ProveError(
      `Several runs were cut off: ${ids}. Name one with --id, or begin another with --new.`,
    );
  }
  if (resumed.length === 1 && !isNew) return resumed;
  const startedAt = new Date().toISOString();
  const { account: _, ...where } = place;
  return [{ facts: { id: id ?? randomId(), account, place: where, choices, startedAt } }];
}

/** @throws ProveError where there is a journal of that id already */
export const begin = (command: Going, facts: Facts): Journal =>
  Journal.begin(journalsOf(command), facts);

/** A run and what it takes: a copy of the service, clients, a folder for evidence. */
export function openRun(
  { place, evidence }: Going,
  clients: Clients,
  { id, account, choices }: Facts,
  journal: Journal,
  signal: AbortSignal,
): { readonly run: Run; close(): void } {
  const { service, stage, stackName } = names(id);
  const redactor = new Redactor();
  redactor.know('account', account);
  redactor.know('endpoint', place.endpoint);
  redactor.know('folder', ROOT);
  const checkout = copyOfService(ROOT, id);
  redactor.know('checkout', checkout);
  const pauseMs = place.endpoint === undefined ? PAUSE_MS : PAUSE_AT_ENDPOINT_MS;
  const say = (text: string) => console.log(text);
  const kept = new Evidence(evidence ?? path.join(journal.folder, 'evidence'), redactor);
  const cli = new CommandLine({
    root: ROOT,
    checkout,
    stage,
    account,
    place,
    signal,
    settle: () => settled(clients.cloudFormation, stackName, pauseMs),
    repeats: (command, attempt) => say(`  serverless ${command} once more (${attempt})`),
    failed: (command, output) => {
      const at = new Date().toISOString().replaceAll(':', '-');
      kept.writeText(`failed/${command.replaceAll(' ', '-')}-${at}`, output);
    },
  });
  const run: Run = {
    id,
    service,
    stage,
    stackName,
    account,
    place,
    choices,
    root: ROOT,
    checkout,
    clients,
    cli,
    evidence: kept,
    owned: new Owned(journal.folder),
    memory: new Memory(journal.folder),
    signal,
    pauseMs,
    say,
  };
  return { run, close: () => rmSync(checkout, { recursive: true, force: true }) };
}
