import type { StreamRecord } from '../format/record';
import { durationText } from '../format/time';
import type {
  AccessView,
  Extent,
  Positions,
  Problem,
  ShardsView,
  StageView,
  StreamsView,
} from '../protocol';
import { getJson, ProblemError } from './api-client';
import { Choices } from './choices';
import { Colours } from './colours';
import { byId, element, segments } from './dom';
import { Jump } from './jump';
import { keyFinder } from './key-finder';
import { listenForKeys } from './keys';
import { Looks } from './looks';
import { RecordDetail } from './record-detail';
import { RecordStore } from './record-store';
import { RecordsGrid } from './records-grid';
import { RecordsList } from './records-list';
import { Session, type Standing } from './session';
import { Traffic } from './traffic';

const store = new RecordStore();
const traffic = new Traffic();
const colours = new Colours();
let following = false;
let hasRead = false;
let streamsThere = true;
let pattern = '*';
let retry = () => {};
let loading = new AbortController();

const buttons = {
  get: byId('get', 'button'),
  next: byId('next', 'button'),
  toTip: byId('to-tip', 'button'),
  follow: byId('follow', 'button'),
  stop: byId('stop', 'button'),
};

const looks = new Looks(traffic, colours, (id) => choices.toggleShard(id));
const choices = new Choices({
  onStream: (stream) => void openStream(stream),
  onChange: () => {
    session.reset();
    showButtons();
  },
});
const finder = keyFinder(
  () => choices.stream,
  (place) => looks.mark(place),
);
const detail = new RecordDetail({
  onClose: closeDetail,
  onFilterByKey: (key) => list.filterByKey(key),
  say,
});
const grid = new RecordsGrid(colours, {
  onSelect: (record) => detail.show(choices.stream, record),
  onOpen() {
    // Where the record covers the page, the keyboard goes with it.
    if (matchMedia('(max-width: 720px)').matches) detail.focus();
  },
});
const jump = new Jump(store, {
  zone: () => grid.zone,
  onFound(record) {
    // The records that were read are listed with the next frame.
    list.show();
    requestAnimationFrame(() => {
      grid.reveal(record);
      grid.focus();
    });
  },
  onRead(place) {
    choices.startAt(place);
    read('page');
  },
  say,
});
const session = new Session({
  onStart: start,
  onRecords: take,
  onPositions(positions) {
    looks.positions = { ...looks.positions, ...positions };
    looks.draw();
  },
  onTip() {
    if (following) say('Following: at the tip');
    list.show();
  },
  onNotice: say,
  onResharded() {
    say('The stream was resharded; its new shards are read too.');
    void loadShards();
  },
  onProblem(problem) {
    following = false;
    byId('status', 'p').classList.remove('live');
    say('');
    showButtons();
    list.show();
    showProblem(problem, () => read('page'));
  },
  onEnd: end,
});

const list = new RecordsList(store, grid, () => ({
  stream: choices.stream,
  unmatched: streamsThere ? undefined : pattern,
  reading: following ? 'following' : session.isRunning ? 'running' : hasRead ? 'done' : 'not yet',
}));

function showButtons(): void {
  const busy = session.isRunning;
  buttons.get.disabled = !streamsThere || (busy && !following);
  buttons.next.disabled = !session.isOpen || busy;
  buttons.toTip.disabled = !streamsThere || busy;
  buttons.follow.disabled = !streamsThere || (busy && !following);
  buttons.follow.setAttribute('aria-pressed', String(following));
  buttons.stop.hidden = !busy;
}

function start(extent: Extent): void {
  following = extent === 'stopped';
  hasRead = true;
  byId('problem', 'section').hidden = true;
  say(following ? 'Following' : 'Reading…');
  byId('status', 'p').classList.toggle('live', following);
  if (following) looks.showRecent(true);
  showButtons();
  list.show();
}

function take(records: readonly StreamRecord[]): void {
  store.add(records);
  for (const record of records) traffic.add(record);
  jump.arrive();
  list.show();
  looks.draw();
}

const STANDINGS: Readonly<Record<Standing, string>> = {
  page: 'There may be more: Next records',
  tip: 'At the tip: no more records at the moment',
  ended: 'The shards are closed and read to their end',
  stopped: 'Stopped',
};

function end(standing: Standing): void {
  following = false;
  byId('status', 'p').classList.remove('live');
  const behind = behindText(looks.positions);
  say(
    standing === 'page' && behind !== ''
      ? `${STANDINGS.page} (${behind} behind)`
      : STANDINGS[standing],
  );
  showButtons();
  list.show();
  looks.draw();
}

/** How far the shard that is furthest behind is behind. */
function behindText(positions: Positions): string {
  const most = Math.max(0, ...Object.values(positions).map(({ behind }) => behind ?? 0));
  return most === 0 ? '' : durationText(most);
}

/** Reads on; from the chosen position if there is nothing to go on with. */
function read(extent: Extent): void {
  const choice = choices.read();
  if (choice === undefined) return;
  if (!session.isOpen) {
    clear();
    looks.readsAll = choice.shard === 'all' && !choices.isBySequence;
  }
  void session.read(choice, extent);
}

function clear(): void {
  store.clear();
  traffic.clear();
  looks.positions = {};
  jump.cancel();
  looks.showRecent(false);
  grid.select(undefined);
  list.show();
}

function say(text: string): void {
  byId('status', 'p').textContent = text;
}

function showProblem({ title, advice, code }: Problem, again: () => void): void {
  retry = again;
  byId('problem-title', 'h2').textContent = title;
  byId('problem-advice', 'p').textContent = [advice, code && `(${code})`].filter(Boolean).join(' ');
  byId('problem', 'section').hidden = false;
}

function problemIn(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return { code: '', title: 'The viewer failed', advice: String(error) };
}

async function openStream(stream: string): Promise<void> {
  session.reset();
  hasRead = false;
  byId('problem', 'section').hidden = true;
  colours.clear();
  clear();
  finder.clear();
  looks.setShards([]);
  say('');
  history.replaceState(null, '', `#${encodeURIComponent(stream)}`);
  document.title = stream === '' ? 'Kinesis data viewer' : `${stream} · Kinesis data viewer`;
  showButtons();
  if (stream !== '') await loadShards();
}

async function loadShards(): Promise<void> {
  loading.abort();
  loading = new AbortController();
  const { signal } = loading;
  const { stream } = choices;
  try {
    const { shards } = await getJson<ShardsView>('shards', { stream }, signal);
    choices.setShards(shards);
    looks.setShards(shards);
  } catch (error) {
    if (!signal.aborted) showProblem(problemIn(error), () => void openStream(choices.stream));
  }
}

async function loadStreams(): Promise<void> {
  byId('problem', 'section').hidden = true;
  try {
    const { streams } = await getJson<StreamsView>('streams');
    streamsThere = choices.setStreams(streams, decodeURIComponent(location.hash.slice(1)));
    await openStream(choices.stream);
  } catch (error) {
    streamsThere = false;
    showProblem(problemIn(error), () => void loadStreams());
  }
  showButtons();
}

async function loadStage(): Promise<void> {
  const view = await getJson<StageView>('stage');
  pattern = view.pattern;
  list.show();
  const parts = [`stage ${view.stage}`, view.region, view.endpoint ?? 'AWS'];
  byId('stage', 'p').replaceChildren(...parts.map((part) => element('span', '', part)));
  detail.access = view.access;
  // Reads the deployed stack; nothing else waits for that.
  detail.access = await getJson<AccessView>('access');
}

function closeDetail(): void {
  grid.select(undefined);
  grid.focus();
}

byId('choices', 'form').addEventListener('submit', (event) => {
  event.preventDefault();
  session.reset();
  read('page');
});
buttons.next.addEventListener('click', () => read('page'));
buttons.toTip.addEventListener('click', () => read('tip'));
buttons.follow.addEventListener('click', () => (following ? session.stop() : read('stopped')));
buttons.stop.addEventListener('click', () => session.stop());
byId('problem-retry', 'button').addEventListener('click', () => retry());
segments('zone', (zone) => {
  looks.zone = grid.zone = zone === 'utc' ? 'utc' : 'local';
  list.show();
  looks.draw();
});
listenForKeys({
  n: () => buttons.next.click(),
  f: () => buttons.follow.click(),
  '/': () => list.focusFilter(),
  g: () => jump.focus(),
  Escape: () => detail.isOpen && closeDetail(),
});

showButtons();
list.show();
loadStage().catch((error: unknown) => showProblem(problemIn(error), () => location.reload()));
void loadStreams();
