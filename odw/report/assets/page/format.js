// Numbers and times as people read them.

const GROUPED = new Intl.NumberFormat('en-US');
const whole = (number) => GROUPED.format(Math.round(number));

function count(number) {
  if (number < 10000) return whole(number);
  if (number < 1e6) return `${(number / 1e3).toFixed(number < 1e5 ? 1 : 0)}k`;
  return `${(number / 1e6).toFixed(number < 1e7 ? 2 : 1)}M`;
}

function money(cost) {
  if (cost === null || cost === undefined) return '–';
  if (cost && cost < 0.00005) return '<$0.0001';
  return cost && cost < 0.995 ? `$${cost.toFixed(cost < 0.01 ? 4 : 3)}` : `$${cost.toFixed(2)}`;
}

function duration(ms) {
  if (ms === null || ms === undefined) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

// the same for the cells of a table
function brief(ms) {
  if (ms === null || ms === undefined || ms < 59950) return duration(ms);
  const two = (number) => String(number).padStart(2, '0');
  const seconds = Math.round(ms / 1000);
  return seconds < 3600
    ? `${Math.floor(seconds / 60)}m ${two(seconds % 60)}s`
    : `${Math.floor(seconds / 3600)}h ${two(Math.floor((seconds % 3600) / 60))}m`;
}

// a moment of the run's own time
function clock(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (number) => String(number).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : `${rest}.${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}

function date(ms) {
  if (!ms) return '–';
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const plural = (number, one, many = `${one}s`) => `${whole(number)} ${number === 1 ? one : many}`;
const short = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

// As much of a text as has room in so many pixels
const measuring = document.createElement('canvas').getContext('2d');
function fitted(text, room, font = '500 13px') {
  measuring.font = `${font} ${getComputedStyle(document.body).fontFamily}`;
  if (measuring.measureText(text).width <= room) return text;
  let length = Math.min(text.length, Math.ceil(room / 3));
  while (length > 1 && measuring.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return `${text.slice(0, length)}…`;
}

// A step for the ticks of an axis: 1, 2 or 5 times a power of ten, or a round number of seconds, minutes, hours.
const TIME_STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 3e4, 6e4, 12e4, 3e5, 6e5, 12e5, 18e5, 36e5, 72e5, 216e5, 432e5,
  864e5,
];
const timeStep = (least) => TIME_STEPS.find((step) => step >= least) || Math.ceil(least / 864e5) * 864e5;

function tick(ms, step) {
  if (step < 1000) return step < 100 && ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(step < 10 ? 3 : step < 100 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const two = (number) => String(number).padStart(2, '0');
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}${step < 6e4 ? `:${two(seconds % 60)}` : ' h'}`;
}
