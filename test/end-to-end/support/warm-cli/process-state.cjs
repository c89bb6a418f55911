// What a command leaves in its process, and how the process is made as new for the next one.

const { subscribe } = require('node:diagnostics_channel');
const { EventEmitter } = require('node:events');
const Module = require('node:module');

/** Connections, which end with a process. */
const sockets = new Set();
subscribe('net.client.socket', ({ socket }) => {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

/** Where programs keep or replace things that outlive their modules. */
const SHARED = [
  globalThis,
  process,
  process.stdout,
  process.stderr,
  console,
  Error,
  EvalError,
  Module,
];

/** Without what an emitter keeps there for itself. */
const propertiesOf = (object) =>
  new Map(
    Reflect.ownKeys(object)
      .filter((key) => !(object instanceof EventEmitter && /^_/.test(key.toString())))
      .map((key) => [key, Object.getOwnPropertyDescriptor(object, key)]),
  );

const listenersOf = (emitter) =>
  new Map(emitter.eventNames().map((name) => [name, emitter.rawListeners(name)]));

/**
 * Notes how the process is.
 * @returns a function that makes it so again
 */
function noteState() {
  const objects = SHARED.map((object) => [object, propertiesOf(object)]);
  const extensions = { ...Module._extensions };
  const emitters = [process, process.stdout, process.stderr].map((emitter) => [
    emitter,
    listenersOf(emitter),
  ]);
  return () => {
    for (const [object, before] of objects) restoreProperties(object, before);
    for (const name of Object.keys(Module._extensions)) delete Module._extensions[name];
    Object.assign(Module._extensions, extensions);
    for (const [emitter, before] of emitters) restoreListeners(emitter, before);
    for (const socket of sockets) socket.destroy();
  };
}

/** Values alone: what Node makes at its first use is no change. */
function restoreProperties(object, before) {
  for (const [key, { value }] of propertiesOf(object)) {
    if (!before.has(key) && !Reflect.deleteProperty(object, key)) empty(value);
  }
  for (const [key, { value }] of before) {
    if (value !== undefined && object[key] !== value) Reflect.set(object, key, value);
  }
}

/** A bare object is what the modules of one command share, such as how much is printed. */
function empty(shared) {
  if (Object.getPrototypeOf(Object(shared)) !== null) return;
  for (const key of Reflect.ownKeys(shared)) Reflect.deleteProperty(shared, key);
}

function restoreListeners(emitter, before) {
  for (const name of emitter.eventNames()) {
    const known = before.get(name) ?? [];
    for (const listener of emitter.rawListeners(name)) {
      if (!known.includes(listener)) emitter.removeListener(name, listener);
    }
  }
}

/** @param environment all of it */
function setEnvironment(environment) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
}

module.exports = { noteState, setEnvironment };
