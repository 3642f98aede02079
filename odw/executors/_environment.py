"""The environment of a child: an allow-list on odw's own, and the keys that this executor needs, no others."""

from __future__ import annotations

from collections.abc import Collection, Mapping

# What a program may see of odw's environment without being declared: nothing that holds a secret.
PASSED = ("PATH", "HOME", "LANG", "TERM", "TMPDIR", "USER", "SHELL")
PASSED_PREFIX = "LC_"

# What a program needs to find its own files and to get through to its provider.
NETWORK = (
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
    "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "LOGNAME", "TZ",
)  # fmt: skip


def environment(
    environ: Mapping[str, str],
    pass_env: Collection[str],
    env: Mapping[str, str],
    prefixes: tuple[str, ...] = (),
) -> dict[str, str]:
    """What of ``environ`` is on the allow-list, in ``pass_env`` or begins with one of ``prefixes``; then what ``env`` sets."""
    begins = (PASSED_PREFIX, *prefixes)
    kept = {
        name: value
        for name, value in environ.items()
        if name in PASSED or name.startswith(begins) or name in pass_env
    }
    return {**kept, **env}
