// A value as a tree that opens; what is inside is drawn when it is opened, a hundred entries at a time.

const PAGE = 100;

function jsonTree(value, open = 2) {
  return el('div', { class: 'tree' }, treeNode(null, value, open));
}

function treeNode(name, value, open) {
  const key = name === null ? null : el('span', { class: 'tree-key' }, `${name}: `);
  if (value === null || typeof value !== 'object') {
    return el(
      'div',
      { class: 'tree-leaf' },
      key,
      el(
        'span',
        { class: `tree-${value === null ? 'null' : typeof value}` },
        typeof value === 'string' ? JSON.stringify(value) : String(value),
      ),
    );
  }
  const entries = Array.isArray(value) ? value.map((item, n) => [n, item]) : Object.entries(value);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  if (!entries.length) return el('div', { class: 'tree-leaf' }, key, Array.isArray(value) ? '[]' : '{}');
  const inside = el('div', { class: 'tree-inside' });
  const node = el('details', { open: open > 0 }, el('summary', {}, key, el('span', { class: 'tree-size' }, size)), inside);
  let drawn = 0;
  const more = () => {
    inside.querySelector(':scope > button')?.remove();
    for (const [entry, item] of entries.slice(drawn, drawn + PAGE)) inside.append(treeNode(entry, item, open - 1));
    drawn = Math.min(entries.length, drawn + PAGE);
    if (drawn < entries.length) inside.append(button(`${whole(entries.length - drawn)} more`, more, { class: 'button small' }));
  };
  if (open > 0) more();
  node.addEventListener('toggle', () => {
    if (node.open && !drawn) more();
  });
  return node;
}
