"""TypeScript and JSX are named as such, with the construct under the caret; broken JavaScript is not."""

from __future__ import annotations

import pytest

from odw.errors import ScriptRejected
from odw.transpile.source import Source
from odw.transpile.syntax import parse

# (script, the text the span must cover, a word of the message)
TYPESCRIPT = [
    ("let a: string = 'b'", ": string", "type annotation"),
    ("const a: string[] = []", ": string[]", "type annotation"),
    ("const a: Foo.Bar = b", ": Foo.Bar", "type annotation"),
    ("const a: 'x' | 'y' = 'x'", ": 'x' | 'y'", "type annotation"),
    ("const a: { b: string }[] = []", ": { b: string }[]", "type annotation"),
    ("const a: [string, number] = b", ": [string, number]", "type annotation"),
    ("const a: Record<string, Array<number>> = {}", ": Record<string, Array<number>>", "type annotation"),
    ("const {a, b}: Props = c", ": Props", "type annotation"),
    ("let a = 1, b: any", ": any", "type annotation"),
    ("const f: (x: number) => void = g", ": (x: number) => void", "type annotation"),
    ("for (const a: string of b) {}", ": string", "type annotation"),
    ("function f(a: number) {}", ": number", "type annotation"),
    ("function f(a: lower) {}", ": lower", "type annotation"),
    ("async function f(a, b: Foo = {}) {}", ": Foo", "type annotation"),
    ("function f({a}: Props) {}", ": Props", "type annotation"),
    ("function f(...a: string[]) {}", ": string[]", "type annotation"),
    ("function f(this: Foo) {}", ": Foo", ""),
    ("function f(): void {}", ": void", "return type"),
    ("async function f(a): Promise<void> {}", ": Promise<void>", "return type"),
    ("const f = (): string => 'a'", ": string", "return type"),
    ("const f = async (a): Promise<Foo[]> => a", ": Promise<Foo[]>", "return type"),
    ("x = (a: string) => b", ": string", "type annotation"),
    ("x = (a: string, b: Foo) => b", ": string", "type annotation"),
    ("x = async (a: string) => b", ": string", "type annotation"),
    ("xs.map((x: Item) => x.y)", ": Item", "type annotation"),
    ("const f = (a?: string) => a", "?: string", "type annotation"),
    ("function f(a?: number) {}", "?: number", "type annotation"),
    ("function f(a?) {}", "?", "optional parameter"),
    ("x = (a?) => b", "?", "optional parameter"),
    ("try {} catch (e: unknown) {}", ": unknown", "type annotation"),
    ("try {} catch (e: any) {}", ": any", "type annotation"),
    ("interface A { b: string }", "interface A", "interface"),
    ("interface A extends B {}", "interface A", "interface"),
    ("export interface A {}", "interface A", "interface"),
    ("type A = string", "type A", "type alias"),
    ("type A<T> = T[]", "type A", "type alias"),
    ("export type A = { b: string }", "type A", "type alias"),
    ("enum A { B, C }", "enum A", "enum"),
    ("const enum A { B }", "enum A", "enum"),
    ("export enum A { B }", "enum A", "enum"),
    ("declare const a: string", "declare const a", "declaration"),
    ("declare function f(): void", "declare function f", "declaration"),
    ("namespace A {}", "namespace A", "namespace"),
    ("abstract class A {}", "abstract class A", "abstract"),
    ("let a = b as string", "as string", "assertion"),
    ("let a = b as const", "as const", "assertion"),
    ("f({ a: 'b' } as Foo)", "as Foo", "assertion"),
    ("const a = [1, 2] as unknown as Foo", "as unknown", "assertion"),
    ("const a = b satisfies Foo", "satisfies Foo", "assertion"),
    ("let a = b!", "!", "non-null"),
    ("let a = b!.c", "!", "non-null"),
    ("f(a!, b)", "!", "non-null"),
    ("a.b()!.c", "!", "non-null"),
    ("function f<T>(a) {}", "<T>", "type parameters"),
    ("function f<T extends Foo>(a: T): T {}", "<T extends Foo>", "type parameters"),
    ("const f = <T>(a: T) => a", "<T>", "type parameters"),
    ("const f = <T,>(a) => a", "<T,>", "type parameters"),
    ("class A<T> {}", "<T>", "type parameters"),
    ("const a = new Map<string, number>()", "<string, number>", "type arguments"),
    ("const a = new Map<string, number[]>()", "<string, number[]>", "type arguments"),
    ("const a = f<string>()", "<string>", "type arguments"),
    ("let a = <string>b", "<string>", "assertion"),
    ("class A { private a = 1 }", "private", "modifier"),
    ("class A { private a() {} }", "private", "modifier"),
    ("class A { readonly a = 1 }", "readonly", "modifier"),
    ("class A { constructor(private a) {} }", "private", "modifier"),
    ("class A { public static a() {} }", "public", "modifier"),
    ("class A { a: string }", ": string", "type annotation"),
    ("class A { a?: string }", "?: string", ""),
    ("class A { a(b: string) {} }", ": string", "type annotation"),
    ("class A implements B {}", "implements", "implements"),
    ("class A extends B implements C {}", "implements", "implements"),
    ("import type { A } from 'b'", "", "import"),
    ("import { type A, b } from 'c'", "", "import"),
    ("export type { A } from 'b'", "", "export"),
]

JAVASCRIPT = [
    "agent('x', label: 'y')",
    "agent('x', label: y)",
    "f(a: 1)",
    "const a = b c: d",
    "if (a) { b: c: }",
    "x = a ? b",
    "x = { a: 1, b: 2",
    "type = 'a' b",
    "log('a' 'b')",
    "const as = 1 as",
    "foo(!)",
    "a !b",
    "const x = a < b > ",
    "enum",
    "interface",
    "let type a",
    "const meta = { name: 'x' description: 'y' }",
    "for (const x of xs { }",
    "const s = 'it's fine: string'",
    "return {ok: true}}",
    "switch (a) { case 'b': c: d }; }",
]


def diagnostic(script: str):
    with pytest.raises(ScriptRejected) as caught:
        parse(Source(script, "x.js"))
    (found,) = caught.value.diagnostics
    return found


@pytest.mark.parametrize(("script", "covered", "word"), TYPESCRIPT, ids=[case[0] for case in TYPESCRIPT])
def test_typescript_is_named_and_pointed_at(script: str, covered: str, word: str) -> None:
    before = "const first = 1\n"
    found = diagnostic(before + script)
    assert (found.code, found.rule) == ("ODW201", "typescript-syntax"), found.message
    assert found.message.startswith("this is TypeScript: ")
    assert word in found.message
    assert found.help
    assert (found.span.line, found.source_line) == (2, script)
    if covered:
        assert found.source_line[found.span.column : found.span.end_column] == covered


@pytest.mark.parametrize("script", JAVASCRIPT)
def test_broken_javascript_is_not_called_typescript(script: str) -> None:
    found = diagnostic(script)
    assert (found.code, found.rule) == ("ODW200", "syntax-error"), found.message


@pytest.mark.parametrize(
    "script", ["let a = <div></div>", "return <A b={c}/>", "x = (<p>text</p>)", "f(<></>)", "let a = <br />"]
)
def test_jsx_is_named(script: str) -> None:
    found = diagnostic(script)
    assert found.code == "ODW200"
    assert found.message.startswith("this is JSX: ")


def test_the_help_says_what_to_do() -> None:
    assert diagnostic("let a: string").help == (
        "Workflow scripts are plain JavaScript: remove the type annotation."
    )
