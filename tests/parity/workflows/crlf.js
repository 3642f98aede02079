// A file with carriage returns: template literals hold line feeds only.
export const meta = { name: 'crlf', description: 'Windows line ends' }

const text = `first
second
  third`
const joined = 'a\
b'
const answer = await agent(text, { label: 'crlf' })
// a comment
/* a longer
   comment */
log(JSON.stringify(text))
return {
  lines: text.split('\n').length,
  hasReturn: /\r/.test(text),
  joined,
  ok: typeof answer,
}
