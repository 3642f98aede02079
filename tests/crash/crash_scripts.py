"""Random workflows, and the few fixed ones that the sweeps use."""

from __future__ import annotations

import random

HEAD = """export const meta = { name: 'chaos', description: 'A random workflow.' }
const ask = (say, ms = 0, more = {}) => agent(JSON.stringify({ say, ms, tokens: 10, ...more }), OPTIONS)
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const out = []
"""
PIPELINE = """export const meta = { name: 'pipe', description: 'Forty items, three stages.' }
const ask = (say, ms) => agent(JSON.stringify({ say, ms, tokens: 10 }), OPTIONS)
return await pipeline(Array.from({ length: 40 }, (_, i) => i),
  (i) => ask(`read ${i}`, i % 7),
  (text, i) => ask(`judge ${i} ${text}`, i % 5),
  (text, i) => ask(`sum ${i} ${text}`, i % 3))
"""
THOUSAND = """export const meta = { name: 'thousand', description: 'A thousand agents.' }
const ask = (say, ms) => agent(JSON.stringify({ say, ms, tokens: 10 }), OPTIONS)
return await parallel(Array.from({ length: 1000 }, (_, i) => () => ask(`look at ${i}`, i % 11)))
"""
DOZEN = (
    HEAD
    + """
const pair = await parallel([() => ask('equal', 2), () => ask('equal', 1)])
out.push(pair)
await sleep(1)
const race = await Promise.race([ask('slow', 8), ask('quick', 1)])
out.push(race)
out.push(await pipeline(['x', 'y'], (x) => ask(`read ${x} ${race}`, 1), (text) => ask(`judge ${text}`, 1)))
out.push(await ask('large', 0, LARGE))
const state = await Promise.all([ask('a'), ask('b'), ask('c')])
return [out, state]
"""
)


def options(backend: str, more: str = "") -> str:
    """The options of each call: the mock executor is told what the prompt tells a fake agent."""
    if backend == "mock":
        mock = "mockDelayMs: ms, mockTokens: 10"
        return f"{{ {mock}{', ' + more if more else ''} }}"
    return f"{{ {more} }}"


def fixed(source: str, backend: str) -> str:
    large = "{ bytes: 70000 }"
    text = source.replace("OPTIONS", options(backend))
    if backend == "mock":
        text = text.replace(
            "await ask('large', 0, LARGE)", "await agent('large', { mockText: 'x'.repeat(70000) })"
        )
    return text.replace("LARGE", large)


class Writer:
    """Makes a random workflow; ``files`` holds its scripts, the first being the one to run."""

    def __init__(self, rng: random.Random, backend: str, worktrees: bool) -> None:
        self._rng = rng
        self._backend = backend
        self._worktrees = worktrees and backend == "fake"
        self._count = 0
        self.files: dict[str, str] = {}
        body = [self._block(nested=True) for _ in range(rng.randint(2, 5))]
        self.files = {"main.js": self._script(body), **self.files}

    def _script(self, blocks: list[str]) -> str:
        return HEAD.replace("OPTIONS", self._options()) + "\n".join(blocks) + "\nreturn out\n"

    def _options(self) -> str:
        if self._backend == "mock":
            return (
                "{ label: say, mockDelayMs: ms, mockTokens: 10, mockFail: more.exit ? "
                "{ category: 'crash', message: 'told', retryable: true } : undefined, maxAttempts: more.attempts ?? 1, "
                "...(more.bytes ? { mockText: 'y'.repeat(more.bytes) } : {}) }"
            )
        return (
            "{ label: say, maxAttempts: more.attempts ?? 1, ...(more.file ? { isolation: 'worktree' } : {}) }"
        )

    def _name(self) -> str:
        self._count += 1
        return f"n{self._count}"

    def _ms(self) -> int:
        return self._rng.choice((0, 0, 1, 3, 10, 30))

    def _block(self, nested: bool) -> str:
        kinds = ["fan", "pipe", "equal", "race", "loop", "timer", "fail", "large", "spawn"]
        if nested:
            kinds += ["nested", "nested"]
        if self._worktrees:
            kinds += ["worktree", "worktree"]
        made: str = getattr(self, f"_{self._rng.choice(kinds)}")()
        return made

    def _fan(self) -> str:
        name, count = self._name(), self._rng.randint(2, 12)
        return f"out.push(await parallel(Array.from({{ length: {count} }}, (_, i) => () => ask(`{name} ${{i}}`, i * {self._ms()} % 17))))"

    def _pipe(self) -> str:
        name, count = self._name(), self._rng.randint(2, 8)
        stages = ", ".join(
            f"(x, i) => ask(`{name} s{s} ${{i}} ${{x}}`, {self._ms()})"
            for s in range(self._rng.randint(2, 3))
        )
        return f"out.push(await pipeline(Array.from({{ length: {count} }}, (_, i) => i), {stages}))"

    def _equal(self) -> str:
        name, count = self._name(), self._rng.randint(2, 6)
        return f"out.push(await parallel(Array.from({{ length: {count} }}, () => () => ask('{name}', {self._ms()}))))"

    def _race(self) -> str:
        name = self._name()
        calls = f"[ask('{name} slow', 40), ask('{name} quick', 1), sleep(60)]"
        if self._backend == "mock":
            return f"{{ const first = await Promise.race({calls}); out.push(first); out.push(await ask(`{name} won ${{first}}`, 2)) }}"
        return f"{{ const all = {calls}; const first = await Promise.race(all); log(String(first)); out.push(await Promise.all(all.slice(0, 2))) }}"

    def _loop(self) -> str:
        name = self._name()
        return f"{{ let x = ''; for (let i = 0; i < {self._rng.randint(2, 4)}; i++) x = await ask(`{name} ${{i}} ${{x}}`, {self._ms()}); out.push(x) }}"

    def _timer(self) -> str:
        name = self._name()
        return f"out.push(await Promise.all([sleep({self._ms()}), ask('{name}', {self._ms()}), sleep(5).then(() => ask('{name} later', 1))]))"

    def _fail(self) -> str:
        name = self._name()
        return f"out.push(await parallel([() => ask('{name} ok', {self._ms()}), () => ask('{name}', 1, {{ exit: 3, attempts: {self._rng.choice((1, 1, 1, 2))} }})]))"

    def _large(self) -> str:
        return f"out.push(await ask('{self._name()}', 1, {{ bytes: {self._rng.choice((70_000, 200_000))} }}))"

    def _spawn(self) -> str:
        return f"out.push(await ask('{self._name()}', {self._ms()}, {{ spawn: true }}))"

    def _worktree(self) -> str:
        name = self._name()
        return (
            f"out.push((await parallel([0, 1].map((i) => () => ask(`{name} ${{i}}`, 5, {{ file: 'made.txt' }}))))"
            ".map((r) => typeof r))"
        )

    def _nested(self) -> str:
        name = f"sub{len(self.files)}.js"
        self.files[name] = ""
        self.files[name] = self._script([self._block(nested=False) for _ in range(self._rng.randint(1, 3))])
        call = f"workflow({{ scriptPath: '{name}' }})"
        if self._rng.random() < 0.5:
            return f"out.push(await parallel([() => {call}, () => {call}]))"
        return f"out.push(await {call})"
