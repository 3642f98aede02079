"""The providers that bamboo can talk to: where they are, which variable holds their key, what they do differently. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Provider(NamedTuple):
    """One service that speaks chat completions.

    ``key`` is the variable that holds its key, "" if it needs none. ``NAME_BASE_URL`` in the environment wins over ``base_url``.
    ``context`` is the context window in tokens. ``json_schema``: takes ``response_format: {type: "json_schema"}``, else only
    ``json_object``. ``stream_usage``: takes ``stream_options.include_usage``. ``limit_field`` is its name for the longest answer,
    and ``answer`` how many tokens that is to be, 0 for what it takes by itself. ``reasoning_field``: where it wants a model's thoughts
    back between calls of tools, "" if nowhere. ``extra`` goes into every request.
    """

    name: str
    base_url: str
    key: str
    model: str
    context: int = 128_000
    json_schema: bool = False
    stream_usage: bool = True
    limit_field: str = "max_tokens"
    effort: bool = False  # takes reasoning_effort
    answer: int = 0
    reasoning_field: str = ""
    extra: Mapping[str, Any] = {}

    @property
    def base_variable(self) -> str:
        return f"{self.name.upper()}_BASE_URL"


PROVIDERS: dict[str, Provider] = {
    provider.name: provider
    for provider in (
        Provider(
            "deepseek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", "deepseek-chat", answer=8_000,
            reasoning_field="reasoning_content",
        ),
        Provider(
            "kimi", "https://api.moonshot.cn/v1", "KIMI_API_KEY", "kimi-k2-0905-preview", 256_000, answer=16_000,
            reasoning_field="reasoning_content",
        ),
        Provider(
            "qwen", "https://dashscope.aliyuncs.com/compatible-mode/v1", "QWEN_API_KEY", "qwen3-coder-plus", 256_000
        ),
        Provider(
            "zhipu", "https://open.bigmodel.cn/api/paas/v4", "ZHIPU_API_KEY", "glm-4.6", 200_000,
            reasoning_field="reasoning_content",
        ),
        Provider("minimax", "https://api.minimaxi.com/v1", "MINIMAX_API_KEY", "MiniMax-M2", 200_000),
        Provider(
            "xiaomi", "https://api.xiaomimimo.com/v1", "XIAOMI_API_KEY", "mimo-v2-flash", 256_000,
            reasoning_field="reasoning_content",
        ),
        Provider("stepfun", "https://api.stepfun.com/v1", "STEPFUN_API_KEY", "step-3", 64_000),
        Provider(
            "openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", "openrouter/auto", json_schema=True,
            effort=True, reasoning_field="reasoning", extra={"usage": {"include": True}},
        ),
        Provider(
            "openai", "https://api.openai.com/v1", "OPENAI_API_KEY", "gpt-5-mini", 400_000, json_schema=True,
            limit_field="max_completion_tokens", effort=True,
        ),
        Provider("ollama", "http://127.0.0.1:11434/v1", "", "qwen3-coder", 32_000, json_schema=True),
        Provider("vllm", "http://127.0.0.1:8000/v1", "", "default", 32_000, json_schema=True),
        Provider("generic", "", "PANDACODE_BAMBOO_API_KEY", "", json_schema=False),
    )
}  # fmt: skip
GENERIC_BASE = ("PANDACODE_BAMBOO_BASE_URL", "GENERIC_BASE_URL")
KEYS = tuple(provider.key for provider in PROVIDERS.values() if provider.key)


class NoProvider(Exception):
    """No provider can be used; ``category`` is an error class. The message says what to set."""

    def __init__(self, message: str, category: str) -> None:
        super().__init__(message)
        self.category = category


class Choice(NamedTuple):
    """A provider with what the environment says about it. ``key`` is the secret itself, "" for none."""

    provider: Provider
    base_url: str
    key: str
    model: str


def choose(name: str | None, model: str | None, base_url: str | None, environ: Mapping[str, str]) -> Choice:
    """The provider of that name; without one ``generic`` for a base URL of one's own, else the first whose key is set.

    Raises NoProvider.
    """
    if name is None:
        name = "generic" if base_url else _first_with_key(environ)
    provider = PROVIDERS.get(name)
    if provider is None:
        raise NoProvider(f"unknown provider {name!r}; known: {', '.join(PROVIDERS)}", "configuration")
    base = base_url or _base(provider, environ)
    if not base:
        raise NoProvider(
            f"provider {name}: no address; set base_url in odw.toml, or {GENERIC_BASE[0]}", "configuration"
        )
    if not base.startswith(("http://", "https://")):
        raise NoProvider(f"provider {name}: {base!r} is no http address", "configuration")
    key = environ.get(provider.key, "") if provider.key else ""
    if provider.key and not key and not (name == "generic" and base):
        raise NoProvider(f"provider {name}: no key; set {provider.key}", "authentication")
    chosen = model or provider.model
    if not chosen:
        raise NoProvider(f"provider {name}: no model; name one in the call or in odw.toml", "configuration")
    return Choice(provider, base.rstrip("/"), key, chosen)


def _first_with_key(environ: Mapping[str, str]) -> str:
    for provider in PROVIDERS.values():
        if provider.key and environ.get(provider.key):
            return provider.name
    raise NoProvider(
        f"no provider: none of {', '.join(KEYS)} is set; or name ollama, vllm or a base_url of your own",
        "authentication",
    )


def variables(name: str | None, base_url: str | None, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that ``choose`` reads for these, and no other provider's key: it is for the agent's process alone."""
    try:
        name = name or ("generic" if base_url else _first_with_key(environ))
    except NoProvider:
        return ()
    provider = PROVIDERS.get(name)
    if provider is None:
        return ()
    bases = (provider.base_variable, *(GENERIC_BASE if name == "generic" else ()))
    return (provider.key, *bases) if provider.key else bases


def _base(provider: Provider, environ: Mapping[str, str]) -> str:
    if provider.name == "generic":
        return next((environ[name] for name in GENERIC_BASE if environ.get(name)), "")
    return environ.get(provider.base_variable) or provider.base_url
