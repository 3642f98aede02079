// Texts and values of agents, as they are or made readable.

const cutNote = (text) =>
  el('p', { class: 'muted' }, `Cut: ${whole(text.length)} characters in all${text.file ? `, in ${text.file}` : ''}.`);
const isCut = (value) => value && typeof value === 'object' && typeof value.cut === 'string' && typeof value.length === 'number';

const rawText = (value) => (isCut(value) ? value.cut : typeof value === 'string' ? value : JSON.stringify(value, null, 2));

function textView(value) {
  const text = isCut(value) ? value.cut : String(value);
  if (!text && !isCut(value)) return el('p', { class: 'muted' }, 'Empty.');
  return el(
    'div',
    {},
    el('pre', { class: 'text', tabindex: text.length > 2000 ? '0' : null }, text),
    isCut(value) && cutNote(value),
  );
}

// A result: a tree or Markdown where it is one, and always as it is
function valueView(value) {
  const text = isCut(value) || typeof value === 'string';
  const ways = text
    ? typeof value === 'string' && looksLikeMarkdown(value)
      ? [
          ['Markdown', () => markdown(value)],
          ['Text', () => textView(value)],
        ]
      : [['Text', () => textView(value)]]
    : value !== null && typeof value === 'object'
      ? [
          ['Tree', () => jsonTree(value, 3)],
          ['JSON', () => textView(JSON.stringify(value, null, 2))],
        ]
      : [['JSON', () => textView(JSON.stringify(value))]];
  const body = el('div', {}, ways[0][1]());
  if (ways.length === 1) return body;
  const tabs = el('div', { class: 'ways', role: 'group', 'aria-label': 'Show as' });
  ways.forEach(([name, draw], n) =>
    tabs.append(
      button(
        name,
        () => {
          [...tabs.children].forEach((tab, m) => tab.setAttribute('aria-pressed', String(n === m)));
          clear(body, draw());
        },
        { class: 'button small', 'aria-pressed': String(n === 0) },
      ),
    ),
  );
  return el('div', { class: 'value' }, tabs, body);
}
