// The data of the page: rows become calls. Everything in it is text of scripts and agents.

const STATES = {
  done: { name: 'done', sign: '✓', tone: 'ok' },
  replayed: { name: 'replayed', sign: '↺', tone: 'again' },
  failed: { name: 'failed', sign: '✗', tone: 'bad' },
  cut: { name: 'cut off', sign: '✂', tone: 'warn' },
  skipped: { name: 'skipped', sign: '⊘', tone: 'off' },
  refused: { name: 'refused', sign: '⊝', tone: 'off' },
  running: { name: 'running', sign: '●', tone: 'open' },
  waiting: { name: 'waiting', sign: '◌', tone: 'warn' },
};
const ENDINGS = {
  completed: ['Completed', 'ok'],
  failed: ['Failed', 'bad'],
  parked: ['Parked', 'warn'],
  interrupted: ['Interrupted', 'warn'],
  stopped: ['Stopped', 'warn'],
  dead: ['Died', 'bad'],
  running: ['Running', 'open'],
  paused: ['Paused', 'warn'],
};

const state = (name) => STATES[name] || { name, sign: '?', tone: 'off' };

let D = null; // the data
let calls = []; // in call order
let callByIndex = new Map();

function take(data) {
  D = data;
  const { columns, names } = data;
  const named = new Set(data.named);
  calls = data.rows.map((row, position) => {
    const call = { position };
    for (let i = 0; i < columns.length; i += 1) {
      const name = columns[i];
      call[name] = named.has(name) && row[i] !== null ? names[name][row[i]] : row[i];
    }
    call.waited = call.queued === null || call.started === null ? 0 : call.started - call.queued;
    call.tokens = call.input + call.output + call.cacheRead + call.cacheWrite;
    call.text = `${call.label}\n${call.path}\n${call.phase || ''}\n${call.model || ''}\n${call.message || ''}`.toLowerCase();
    return call;
  });
  callByIndex = new Map(calls.map((call) => [call.index, call]));
  const critical = new Set(data.run.critical);
  for (const call of calls) call.critical = critical.has(call.index);
  forgetChunks();
}

// "12", or a path such as "p0[3]/a0"
function findCall(word) {
  return callByIndex.get(Number(word)) || calls.find((call) => call.path === word) || null;
}

const stateSign = (name) =>
  el(
    'span',
    { class: `sign tone-${state(name).tone}`, role: 'img', 'aria-label': state(name).name, title: state(name).name },
    state(name).sign,
  );

// How many of each state, in the order of STATES
function census(list) {
  const counts = new Map();
  for (const call of list) counts.set(call.status, (counts.get(call.status) || 0) + 1);
  return Object.keys(STATES)
    .filter((name) => counts.has(name))
    .map((name) => [name, counts.get(name)]);
}

const censusText = (list) =>
  census(list)
    .map(([name, number]) => `${whole(number)} ${state(name).name}`)
    .join(', ');
