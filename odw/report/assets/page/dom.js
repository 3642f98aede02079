// Elements are made here and nowhere else. Text is only ever set as text.

const SVG = 'http://www.w3.org/2000/svg';

// el('button', { class: 'x', onclick: f, 'aria-label': 'y' }, 'text', child, [more], null)
function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, set] of Object.entries(value)) node.style.setProperty(key, set);
    else if (name === 'value') node.value = value;
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function clear(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

function button(text, onclick, props) {
  return el('button', { type: 'button', class: 'button', onclick, ...props }, text);
}

async function copy(text, source) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el('textarea', { class: 'offscreen', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  const before = source.textContent;
  source.textContent = 'Copied';
  setTimeout(() => {
    source.textContent = before;
  }, 1200);
}

const copyButton = (text, label = 'Copy') =>
  button(label, (event) => copy(typeof text === 'function' ? text() : text, event.currentTarget), { class: 'button small' });

// says something to screen readers
function announce(text) {
  let live = document.getElementById('said');
  if (!live) document.body.append((live = el('div', { id: 'said', class: 'offscreen', role: 'status', 'aria-live': 'polite' })));
  live.textContent = text;
}
