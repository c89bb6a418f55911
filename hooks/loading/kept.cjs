// What a start of Node has compiled, kept in one file for the next start.

const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { crc32 } = require('node:zlib');
const { removeUnused } = require('./unused.cjs');

/** In bytes. A checkout with all its tools comes to half of it; then what is no more is in it. */
const MOST_BYTES = 64e6;

/** In bytes: before the index stands how long it is. */
const LENGTH = 4;

/**
 * @param {string} file that is read now, and written when the process ends with something new
 * @returns what is kept by the name of a module, each for one source of it
 */
function openKept(file) {
  const kept = read(file);
  const fresh = new Map();
  process.on('exit', () => {
    if (fresh.size > 0) write(file, fresh);
  });
  return {
    /**
     * @param {string} name
     * @param {string} source
     * @returns {Buffer | undefined}
     */
    get(name, source) {
      const one = kept.get(name);
      if (one?.source !== markOf(source)) return undefined;
      // V8 takes what it is given for its own.
      return crc32(one.data) === one.check ? one.data : undefined;
    },
    /** @param {string} name */
    has: (name) => kept.has(name),
    /**
     * @param {string} name of a module, which is also its path
     * @param {string} source
     * @param {() => Buffer} data is made when the process ends
     */
    put(name, source, data) {
      fresh.set(name, { source: markOf(source), data });
    },
  };
}

/** As in Node's own cache; V8 looks at the length only. */
const markOf = (source) => `${crc32(source)}-${source.length}`;

/** A file that is not there or not whole holds nothing. */
function read(file) {
  try {
    const all = readFileSync(file);
    const start = LENGTH + all.readUInt32LE(0);
    const index = JSON.parse(all.toString('utf8', LENGTH, start));
    if (start + index.length !== all.length) return new Map();
    return new Map(
      index.entries.map(([name, source, from, to, check]) => {
        return [name, { source, check, data: all.subarray(start + from, start + to) }];
      }),
    );
  } catch {
    return new Map();
  }
}

/** Adds to what others may have written meanwhile. Where nothing can be kept, nothing is. */
function write(file, fresh) {
  const folder = path.dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    removeUnused(folder);
    const before = read(file);
    const all = bytesOf(before) > MOST_BYTES ? new Map() : before;
    for (const [name, { source, data }] of fresh) all.set(name, { source, data: data() });
    // Two that end at once each move a whole file into the same place.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, packed(all));
    renameSync(own, file);
  } catch {
    // Then the next start compiles again. What is left of a full disk goes with the other old files.
  }
}

function bytesOf(all) {
  let bytes = 0;
  for (const { data } of all.values()) bytes += data.length;
  return bytes;
}

function packed(all) {
  const entries = [];
  let length = 0;
  for (const [name, { source, data }] of all) {
    entries.push([name, source, length, length + data.length, crc32(data)]);
    length += data.length;
  }
  const index = Buffer.from(JSON.stringify({ length, entries }));
  const start = Buffer.alloc(LENGTH);
  start.writeUInt32LE(index.length);
  return Buffer.concat([start, index, ...Array.from(all.values(), ({ data }) => data)]);
}

module.exports = { openKept };
