// JavaScript with colours: tokens by their form alone, which is all that colours need.

const KEYWORDS = new Set(
  'async await break case catch class const continue default delete do else export extends finally for from function if import in instanceof let new of return static super switch this throw try typeof var void while yield null true false undefined'.split(
    ' ',
  ),
);
const HOOKS = new Set(
  'agent parallel pipeline workflow phase log fanout checkpoint promptSlot budget args meta console pandacode odw'.split(' '),
);
const TOKEN =
  /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|('(?:\\[\s\S]|[^'\\\n])*'?|"(?:\\[\s\S]|[^"\\\n])*"?)|(`)|(\b(?:0[xob][\da-f_]+|\d[\d_]*\.?[\d_]*(?:e[+-]?\d+)?)n?\b)|([A-Za-z_$][\w$]*)|(\{)|(\})|([\s\S])/giy;

// [[kind, text], …] for a whole script
function tokens(source) {
  const found = [];
  const braces = []; // true: the brace opened a substitution in a template
  let at = 0;
  const push = (kind, text) => {
    if (text) found.push([kind, text]);
  };
  const template = () => {
    let end = at;
    while (end < source.length) {
      if (source[end] === '\\') end += 2;
      else if (source[end] === '`') {
        push('string', source.slice(at, end + 1));
        at = end + 1;
        return;
      } else if (source.startsWith('${', end)) {
        push('string', source.slice(at, end + 2));
        at = end + 2;
        braces.push(true);
        return;
      } else end += 1;
    }
    push('string', source.slice(at));
    at = source.length;
  };
  const regexAhead = () => {
    const last = found.findLast(([, text]) => text.trim());
    return !last || (last[0] === 'keyword' && last[1] !== 'this') || (last[0] === '' && !/[)\]}]$/.test(last[1]));
  };
  while (at < source.length) {
    if (source[at] === '/' && source[at + 1] !== '/' && source[at + 1] !== '*' && regexAhead()) {
      const regex = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
      regex.lastIndex = at;
      const match = regex.exec(source);
      if (match) {
        push('string', match[0]);
        at = regex.lastIndex;
        continue;
      }
    }
    TOKEN.lastIndex = at;
    const [text, comment, string, tick, number, name, open, close] = TOKEN.exec(source);
    at = TOKEN.lastIndex;
    if (comment) push('comment', text);
    else if (string) push('string', text);
    else if (tick) {
      push('string', text);
      template();
    } else if (number) push('number', text);
    else if (name)
      push(KEYWORDS.has(name) ? 'keyword' : HOOKS.has(name) && !/^\s*:/.test(source.slice(at, at + 20)) ? 'hook' : 'name', text);
    else if (open) {
      braces.push(false);
      push('', text);
    } else if (close && braces.pop()) {
      push('string', text);
      template();
    } else push('', text);
  }
  return found;
}

// The same by lines
function tokenLines(source) {
  const lines = [[]];
  for (const [kind, text] of tokens(source.replace(/\r\n?/g, '\n'))) {
    text.split('\n').forEach((part, n) => {
      if (n) lines.push([]);
      if (part) lines[lines.length - 1].push([kind, part]);
    });
  }
  return lines;
}
