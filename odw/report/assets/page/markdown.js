// Markdown of agents. HTML in it is shown, not made; pictures are their names; what comes out goes through a sanitiser that lets only
// plain markup by.

const PLAIN = {
  ALLOWED_TAGS: [
    'p',
    'br',
    'hr',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'ul',
    'ol',
    'li',
    'blockquote',
    'pre',
    'code',
    'em',
    'strong',
    'del',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'a',
  ],
  ALLOWED_ATTR: ['href', 'align', 'start'],
  ALLOWED_URI_REGEXP: /^https?:\/\//i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};
const LONGEST = 200000; // characters; a longer text is shown as it is

const looksLikeMarkdown = (text) =>
  text.length <= LONGEST && /^(#{1,6} |[-*] |\d+\. |```|> |\|.*\|)|\*\*[^*\n]+\*\*|`[^`\n]+`/m.test(text);

const escapedHtml = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const renderer = new marked.Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escapedHtml(text),
    image: ({ text }) => escapedHtml(text),
    link({ href, tokens }) {
      const inside = this.parser.parseInline(tokens);
      return /^https?:\/\//i.test(href) ? `<a href="${escapedHtml(href)}">${inside}</a>` : inside;
    },
  },
});

function markdown(text) {
  const clean = DOMPurify.sanitize(renderer.parse(text), PLAIN);
  for (const anchor of clean.querySelectorAll('a')) {
    if (!anchor.hasAttribute('href')) continue;
    anchor.setAttribute('target', '_blank');
    anchor.setAttribute('rel', 'noopener noreferrer nofollow');
    anchor.setAttribute('title', anchor.getAttribute('href'));
  }
  return el('div', { class: 'markdown' }, clean);
}
