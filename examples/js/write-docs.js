// A pipeline: outline -> draft -> edit, per page, with no barrier between the stages.
//
// Why this shape: a short page need not wait for the outline of a long one. Each stage gets the previous stage's
// result, the item and its index; a stage that returns null drops its page and only that one.
export const meta = {
  name: 'write-docs',
  description: 'Outline, draft and edit a documentation page per topic, as a pipeline',
  phases: ['Outline', 'Draft', 'Edit'],
}

const OUTLINE = {
  type: 'object',
  required: ['worthwhile', 'sections'],
  properties: {
    worthwhile: { type: 'boolean', description: 'false if the topic needs no page of its own' },
    sections: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 6 },
  },
}

const topics = args?.topics ?? ['Getting started', 'Configuration', 'Troubleshooting', 'Glossary']

const pages = await pipeline(
  topics,
  async (topic) => {
    const outline = await agent(`Outline a documentation page about "${topic}".`, {
      label: `outline ${topic}`,
      phase: 'Outline',
      schema: OUTLINE,
    })
    return outline?.worthwhile ? outline : null // null: no page, the later stages are skipped
  },
  (outline, topic) =>
    agent(`Draft the page "${topic}" with these sections:\n${outline.sections.map((s, i) => `${i + 1}. ${s}`).join('\n')}`, {
      label: `draft ${topic}`,
      phase: 'Draft',
    }),
  async (draft, topic, index) => ({
    file: `${String(index + 1).padStart(2, '0')}-${topic.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.md`,
    text: await agent(`Edit for brevity and plain words. Keep every fact.\n\n${draft}`, {
      label: `edit ${topic}`,
      phase: 'Edit',
    }),
  }),
)

const written = pages.filter(Boolean)
return { written: written.map((page) => page.file), skipped: topics.filter((_, i) => pages[i] === null) }
