"""Ready-made shapes of multi-agent work, for workflows in Python; ``javascript/`` has the same as scripts, found by name.

A pattern stands on what any workflow may use, and a floor above it: nothing else in odw knows of patterns, but the loader, which
looks up their scripts last. docs/patterns/ says of each when to use it, and what it costs.
"""

from __future__ import annotations

from odw.patterns._chunks import Chunk
from odw.patterns.adversarial_verify import Verdict, Verification, adversarial_verify
from odw.patterns.completeness_critic import Addition, Completed, completeness_critic
from odw.patterns.consensus_vote import Ballot, Consensus, Count, consensus_vote
from odw.patterns.judge_panel import Judged, Panel, Score, judge_panel
from odw.patterns.loop_until_budget import Turn, Yield, loop_until_budget
from odw.patterns.loop_until_dry import Harvest, Search, loop_until_dry
from odw.patterns.map_reduce import Reduced, map_reduce
from odw.patterns.perspective_verify import Examination, Examined, Vote, perspective_verify
from odw.patterns.quality_gate import Gate, Gated, Opened, quality_gate
from odw.patterns.retry_until_passes import Retried, Try, retry_until_passes
from odw.patterns.scout_first import Done, Scouted, scout_first
from odw.patterns.tournament import Bracket, Match, tournament

__all__ = [
    "Addition",
    "Ballot",
    "Bracket",
    "Chunk",
    "Completed",
    "Consensus",
    "Count",
    "Done",
    "Examination",
    "Examined",
    "Gate",
    "Gated",
    "Harvest",
    "Judged",
    "Match",
    "Opened",
    "Panel",
    "Reduced",
    "Retried",
    "Score",
    "Scouted",
    "Search",
    "Try",
    "Turn",
    "Verdict",
    "Verification",
    "Vote",
    "Yield",
    "adversarial_verify",
    "completeness_critic",
    "consensus_vote",
    "judge_panel",
    "loop_until_budget",
    "loop_until_dry",
    "map_reduce",
    "perspective_verify",
    "quality_gate",
    "retry_until_passes",
    "scout_first",
    "tournament",
]
