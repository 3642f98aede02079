"""Tokens, money and times in few characters."""

from __future__ import annotations


def tokens(count: float) -> str:
    """``950``, ``1.2k``, ``84k``, ``1.2M``."""
    if count < 1000:
        return f"{count:.0f}"
    for unit, size in (("k", 1e3), ("M", 1e6)):
        scaled = count / size
        if scaled < 9.95:
            return f"{scaled:.1f}{unit}"
        if scaled < 999.5:
            return f"{scaled:.0f}{unit}"
    return f"{count / 1e9:.1f}G"


def money(dollars: float) -> str:
    """``$0.0031``, ``$0.42``, ``$131``."""
    if 0 < dollars < 0.01:
        return f"${dollars:.4f}"
    return f"${dollars:.2f}" if dollars < 100 else f"${dollars:,.0f}"


def duration(milliseconds: float) -> str:
    """``0.4s``, ``12s``, ``3m 05s``, ``2h 14m``."""
    seconds = max(0.0, milliseconds / 1000)
    if seconds < 9.95:
        return f"{seconds:.1f}s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole}s"
    if whole < 3600:
        return f"{whole // 60}m {whole % 60:02d}s"
    return f"{whole // 3600}h {whole % 3600 // 60:02d}m"
