// What is shown is in the address: #view=agents&agent=12&q=text. A link to it shows the same.

const VIEWS = ['overview', 'graph', 'timeline', 'agents', 'script', 'logs'];

let shownAddress = null; // browsers slow down who changes the address too often: this is what holds

window.addEventListener('popstate', () => {
  shownAddress = null;
});
window.addEventListener('hashchange', () => {
  shownAddress = null;
});

function address() {
  if (shownAddress === null) shownAddress = location.hash;
  const values = new URLSearchParams(shownAddress.slice(1));
  const view = values.get('view');
  values.set('view', VIEWS.includes(view) ? view : values.has('agent') ? 'agents' : 'overview');
  return values;
}

// go({ view: 'agents', status: 'failed', agent: null }): null takes a value away
function go(changes, replace = false) {
  const values = address();
  if (changes.view && changes.view !== values.get('view'))
    for (const name of [...values.keys()]) if (name !== 'view' && name !== 'agent') values.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') values.delete(name);
    else values.set(name, value);
  }
  const hash = `#${values}`;
  if (hash === shownAddress) return;
  shownAddress = hash;
  try {
    if (replace) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
  } catch {
    /* too often for this browser */
  }
  window.dispatchEvent(new Event('addresschange'));
}

const openCall = (call) => go({ agent: call.index });
const hrefTo = (changes) => `#${new URLSearchParams(Object.entries(changes).filter(([, value]) => value !== null))}`;

// A link inside the page: keeps what it does not change when clicked, and can be copied as it is.
function link(changes, text, props) {
  return el(
    'a',
    {
      href: hrefTo(changes),
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go(changes);
      },
      ...props,
    },
    text,
  );
}

const callLink = (call, text) => link({ agent: call.index }, text || call.label || `call ${call.index}`, { class: 'call-link' });
